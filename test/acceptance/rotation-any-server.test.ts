import { setTimeout as sleep } from "node:timers/promises";
import { useFaultyProxy } from "../support/faulty-proxy.js";
import { api, createOrg } from "../support/organization.js";
import { useServer } from "../support/server.js";
import { type Workspace, workspace } from "../support/terraform.js";

/** The scenarios of rotation that a real Pangolin can show as well: no clock is set, triggers rotate, and a proxy fails. */
const server = useServer();
const proxy = useFaultyProxy(() => server.env.PANGOLIN_ENDPOINT ?? "");
let orgId: string;
beforeEach(async () => {
  proxy.interfere();
  orgId = await createOrg(server.env);
});

const key = (trigger: string, more = 'permissions = ["getOrg"]') => `
resource "pangolin_api_key" "ci" {
  org_id = "${orgId}"
  name   = "ci"
  rotation_triggers = { t = "${trigger}" }
  ${more}
}
`;
const proxied = (configuration: string): Promise<Workspace> =>
  workspace(configuration, { ...server.env, PANGOLIN_ENDPOINT: proxy.endpoint, PANGOLIN_MAX_RETRIES: "0", PANGOLIN_REQUEST_TIMEOUT: "3s" });
const stateOf = (terraform: Workspace) => terraform.attributes("pangolin_api_key.ci");
const onServer = async () =>
  ((await api(server.env, "GET", `/org/${orgId}/api-keys`)) as { apiKeys: { apiKeyId: string }[] }).apiKeys.map(({ apiKeyId }) => apiKeyId);
const statusOf = async (token: unknown) =>
  (await fetch(`${server.env.PANGOLIN_ENDPOINT}/org/${orgId}`, { headers: { Authorization: `Bearer ${token}` } })).status;

/** Asks ten times a second, while something happens, and then a little longer. */
async function probing(token: () => unknown, happens: () => Promise<void>): Promise<readonly number[]> {
  const statuses: number[] = [];
  let on = true;
  const prober = (async () => {
    while (on) {
      statuses.push(await statusOf(token()));
      await sleep(100);
    }
  })();
  await happens();
  await sleep(300);
  on = false;
  await prober;
  return statuses;
}

test.each([
  ["a 429", "rate-limit"],
  ["a 500", "error"],
  ["a timeout", "hang"],
  ["a reset", "reset"],
  ["an HTML page", "html"],
] as const)("R3: %s during the refresh is an error, and the state stays byte for byte", async (_, interference) => {
  const terraform = await proxied(key("1"));
  await terraform.apply();
  const before = await terraform.run(["state", "pull"]);
  proxy.interfere(({ path }) => (/api-keys/.test(path) ? interference : undefined));
  await terraform.failingPlan();
  await terraform.apply(["-refresh-only"], { expect: 1 });
  proxy.interfere();
  expect((await terraform.run(["state", "pull"])).stdout).toBe(before.stdout);
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.destroy();
});

test("R9: who uses only the outputs is never refused inside of the grace period", async () => {
  const terraform = await proxied(key("1"));
  await terraform.apply();
  let { token } = await stateOf(terraform);
  const statuses = await probing(
    () => token,
    async () => {
      await terraform.write(key("2"));
      await terraform.apply();
      await sleep(300);
      ({ token } = await stateOf(terraform));
    },
  );
  expect(await onServer()).toHaveLength(2);
  expect(statuses.length).toBeGreaterThan(3);
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
  await terraform.destroy();
  expect(await onServer()).toEqual([]);
});

describe("R11: setting the permissions fails after the mint", () => {
  const fail = () => proxy.interfere(({ method, path }) => (method === "POST" && /actions$/.test(path) ? "error" : undefined));

  test("a create leaves nothing", async () => {
    const terraform = await proxied(key("1"));
    fail();
    await terraform.apply([], { expect: 1 });
    expect(await onServer()).toEqual([]);
    expect((await terraform.state()).size).toBe(0);
  });

  test("a rotation has the new key in the state, and the next apply heals it without another", async () => {
    const terraform = await proxied(key("1"));
    await terraform.apply();
    const first = await stateOf(terraform);
    await terraform.write(key("2"));
    fail();
    await terraform.apply([], { expect: 1 });
    const second = await stateOf(terraform);
    expect(second).toMatchObject({ generation: 2, previous_key_id: first.key_id });
    expect(await statusOf(first.token)).toBe(200);
    proxy.interfere();
    await terraform.apply();
    expect(await stateOf(terraform)).toMatchObject({ key_id: second.key_id, generation: 2 });
    expect(await statusOf(second.token)).toBe(200);
    expect((await onServer()).sort()).toEqual([first.key_id, second.key_id].sort());
    expect((await terraform.plan()).changes).toBe(false);
    await terraform.destroy();
  });
});

test("R18: a key whose permissions come from a grant is never without them", async () => {
  const granted = (trigger: string) =>
    `${key(trigger, "")}resource "pangolin_api_key_grant" "g" {\n  org_id = "${orgId}"\n  key_id = pangolin_api_key.ci.key_id\n  permissions = ["getOrg"]\n}\n`;
  const terraform = await proxied(granted("1"));
  await terraform.apply();
  const { token } = await stateOf(terraform);
  const statuses = await probing(
    () => token,
    async () => {
      await terraform.write(granted("2"));
      await terraform.apply();
    },
  );
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
  expect(await statusOf((await stateOf(terraform)).token)).toBe(200);
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.destroy();
});
