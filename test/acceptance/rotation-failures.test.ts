import { createOrg } from "../support/organization.js";
import { OrganizationKeys } from "../support/organization-keys.js";
import { type Decide, useServer } from "../support/server.js";
import { type Workspace, workspace } from "../support/terraform.js";

/** R24 and R25: what fails inside of a rotation leaves no key unknown, and no plan empty while something is left to do. */
const DAY = 86_400_000;
let now = Date.now();
const server = useServer({ now: () => new Date(now) });
let orgId: string;
let keys: OrganizationKeys;
beforeEach(async () => {
  now = Date.parse("2031-01-01T00:00:00.000Z");
  server.setFaults({});
  orgId = await createOrg(server.env);
  keys = new OrganizationKeys(server.env, orgId);
});

const key = (trigger: string, more = "") => `
resource "pangolin_api_key" "ci" {
  org_id            = "${orgId}"
  name              = "ci"
  permissions       = ["getOrg"]
  rotation_triggers = { t = "${trigger}" }
  ${more}
}
`;
const LEAK = 'grace_period = "0s"';

const stateOf = (terraform: Workspace) => terraform.attributes("pangolin_api_key.ci");
const tokenWorks = async (terraform: Workspace) => expect(await keys.statusOf((await stateOf(terraform)).token)).toBe(200);

async function created(configuration: string): Promise<Workspace> {
  const terraform = await workspace(configuration, { ...server.env, PANGOLIN_MAX_RETRIES: "0" });
  await terraform.apply();
  return terraform;
}

type Fault = ReturnType<Decide>;
const onDelete =
  (fault: Fault): Decide =>
  ({ method, path }) =>
    method === "DELETE" && /api-key\//.test(path) ? fault : undefined;
const onGrant =
  (fault: Fault): Decide =>
  ({ method, path }) =>
    method === "POST" && /actions$/.test(path) ? fault : undefined;

describe.each(["error-before", "reset-before"] as const)("R24: a deletion that fails (%s)", (fault) => {
  async function failsThenHeals(terraform: Workspace): Promise<void> {
    server.setFaults({ decide: onDelete(fault) });
    await terraform.apply([], { expect: 1 });
    await tokenWorks(terraform);
    expect((await terraform.plan()).changes).toBe(true);
    expect((await terraform.plan(["-refresh=false"])).changes).toBe(true);
    await terraform.apply([], { expect: 1 });
    server.setFaults({});
    await terraform.apply();
    expect((await terraform.plan()).changes).toBe(false);
  }

  test("of a leaked key is tried again until it is gone", async () => {
    const terraform = await created(key("one"));
    const leaked = (await stateOf(terraform)).token;
    await terraform.write(key("two", LEAK));
    await failsThenHeals(terraform);
    expect(await keys.statusOf(leaked)).toBe(401);
    expect(await keys.all()).toEqual([(await stateOf(terraform)).key_id]);
  });

  test("of the older key at a second trigger is tried again, and the previous key keeps its deadline", async () => {
    const terraform = await created(key("one"));
    await terraform.write(key("two"));
    await terraform.apply();
    await terraform.write(key("three"));
    await failsThenHeals(terraform);
    const { key_id: current, previous_key_id: previous, retire_previous_at: deadline } = await stateOf(terraform);
    expect(await keys.all()).toEqual([previous, current]);
    expect(deadline).toBe(new Date(now + 3 * DAY).toISOString());
  });

  test("of a retired key, and a destroy, are tried again", async () => {
    const terraform = await created(key("one"));
    await terraform.write(key("two"));
    await terraform.apply();
    now += 4 * DAY;
    await failsThenHeals(terraform);
    expect(await keys.all()).toEqual([(await stateOf(terraform)).key_id]);
    await terraform.write(key("three"));
    await terraform.apply();
    server.setFaults({ decide: onDelete(fault) });
    await terraform.destroy([], { expect: 1 });
    expect(await keys.all()).toHaveLength(2);
    server.setFaults({});
    await terraform.destroy();
    expect(await keys.all()).toEqual([]);
  });
});

test("R24: a deletion whose answer is lost counts as done where the key is gone", async () => {
  const terraform = await created(key("one"));
  await terraform.write(key("two", LEAK));
  server.setFaults({ decide: onDelete("reset-after") });
  await terraform.apply();
  expect(await keys.all()).toEqual([(await stateOf(terraform)).key_id]);
  expect((await terraform.plan()).changes).toBe(false);
});

test("R24: while keys cannot be deleted, rotations mint no further generation", async () => {
  const terraform = await created(key("one"));
  server.setFaults({ decide: onDelete("error-before") });
  for (const trigger of ["two", "three", "four", "five"]) {
    await terraform.write(key(trigger, LEAK));
    await terraform.apply([], { expect: 1 });
  }
  expect((await keys.all()).length).toBeLessThanOrEqual(3);
  server.setFaults({});
  for (let applies = 0; applies < 5 && (await terraform.plan()).changes; applies++) await terraform.apply();
  expect(await keys.all()).toEqual([(await stateOf(terraform)).key_id]);
});

test("R24: a retirement and a superseded key that are due at once are done in one apply", async () => {
  const terraform = await created(key("one"));
  await terraform.write(key("two"));
  await terraform.apply();
  await terraform.write(key("three"));
  server.setFaults({ decide: onDelete("error-before") });
  await terraform.apply([], { expect: 1 });
  now += 4 * DAY;
  server.setFaults({});
  await terraform.apply();
  expect(await keys.all()).toEqual([(await stateOf(terraform)).key_id]);
  expect((await terraform.plan()).changes).toBe(false);
});

describe("R25: the permissions of a successor fail", () => {
  test("in a rotation that ends a leak: the leaked key goes with the apply that makes its successor of use", async () => {
    const terraform = await created(key("one"));
    const first = await stateOf(terraform);
    await terraform.write(key("two", LEAK));
    server.setFaults({ decide: onGrant("error-before") });
    await terraform.apply([], { expect: 1 });
    expect((await stateOf(terraform)).previous_key_id).toBe(first.key_id);
    expect(await keys.statusOf(first.token)).toBe(200);
    server.setFaults({});
    await terraform.apply();
    await tokenWorks(terraform);
    expect(await keys.all()).toEqual([(await stateOf(terraform)).key_id]);
    expect((await terraform.plan()).changes).toBe(false);
  });

  test("at a second trigger in the grace period: every key stays known, and the grace period counts from the repair", async () => {
    const terraform = await created(key("one"));
    const first = await stateOf(terraform);
    await terraform.write(key("two"));
    await terraform.apply();
    const second = await stateOf(terraform);
    await terraform.write(key("three"));
    server.setFaults({ decide: onGrant("error-before") });
    await terraform.apply([], { expect: 1 });
    const third = await stateOf(terraform);
    expect(third).toMatchObject({ previous_key_id: second.key_id, retire_previous_at: expect.any(String) });
    expect(await keys.all()).toEqual([first.key_id, second.key_id, third.key_id]);
    now += 5 * DAY;
    server.setFaults({});
    await terraform.apply();
    expect(await stateOf(terraform)).toMatchObject({
      key_id: third.key_id,
      previous_key_id: second.key_id,
      retire_previous_at: new Date(now + 3 * DAY).toISOString(),
    });
    expect(await keys.all()).toEqual([second.key_id, third.key_id]);
    expect(await keys.statusOf(second.token)).toBe(200);
    await tokenWorks(terraform);
    expect((await terraform.plan()).changes).toBe(false);
  });

  test("and another trigger follows: the key that never got them is nobody's predecessor", async () => {
    const terraform = await created(key("one"));
    const first = await stateOf(terraform);
    await terraform.write(key("two"));
    server.setFaults({ decide: onGrant("reset-before") });
    await terraform.apply([], { expect: 1 });
    server.setFaults({});
    await terraform.write(key("three"));
    await terraform.apply();
    const { key_id: current } = await stateOf(terraform);
    expect(await stateOf(terraform)).toMatchObject({ previous_key_id: first.key_id });
    expect(await keys.all()).toEqual([first.key_id, current]);
    await tokenWorks(terraform);
    expect((await terraform.plan()).changes).toBe(false);
  });
});
