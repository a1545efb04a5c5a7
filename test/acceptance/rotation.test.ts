import { cp } from "node:fs/promises";
import { join } from "node:path";
import { testWhereOrganizationsAreDeleted } from "../support/capability.js";
import { killAllIn } from "../support/crash.js";
import { api, createOrg } from "../support/organization.js";
import { useServer } from "../support/server.js";
import { type Workspace, workspace } from "../support/terraform.js";

/** The scenarios of key rotation, by their numbers. The server's clock is the test's; the computer's is years away from it, which is R12 throughout. */
const DAY = 86_400_000;
const HOUR = 3_600_000;
let now = Date.now();
const server = useServer({ now: () => new Date(now) });
let orgId: string;
beforeEach(async () => {
  now = Date.parse("2031-01-01T00:00:00.000Z");
  server.setFaults({});
  orgId = await createOrg(server.env);
});

const key = (more = "", permissions: string | null = '["getOrg"]') => `
resource "pangolin_api_key" "ci" {
  org_id = "${orgId}"
  name   = "ci"
  ${permissions === null ? "" : `permissions = ${permissions}`}
  ${more}
}
output "token" {
  value     = pangolin_api_key.ci.token
  sensitive = true
}
`;
const MONTHLY = 'rotate_after = "30d"';
const triggered = (value: string, more = "") => key(`rotation_triggers = { t = ${value} }\n  ${more}`);

const stateOf = (terraform: Workspace) => terraform.attributes("pangolin_api_key.ci");
const onServer = async (): Promise<string[]> =>
  ((await api(server.env, "GET", `/org/${orgId}/api-keys`)) as { apiKeys: { apiKeyId: string }[] }).apiKeys.map(({ apiKeyId }) => apiKeyId);
const held = async (keyId: unknown) =>
  ((await api(server.env, "GET", `/org/${orgId}/api-key/${keyId}/actions`)) as { actions: { actionId: string }[] }).actions
    .map(({ actionId }) => actionId)
    .sort();
const statusOf = async (token: unknown) =>
  (await fetch(`${server.env.PANGOLIN_ENDPOINT}/org/${orgId}`, { headers: { Authorization: `Bearer ${token}` } })).status;
const tokenOf = async (terraform: Workspace) => (await terraform.outputs()).token;
const remove = (keyId: unknown) => api(server.env, "DELETE", `/org/${orgId}/api-key/${keyId}`);
const actionsOf = (plan: Awaited<ReturnType<Workspace["plan"]>>, address = "pangolin_api_key.ci") =>
  plan.json.resource_changes?.find((change) => change.address === address)?.change.actions;
const words = (text: string) => text.replace(/\s*\n[│\s]*/g, " ");

async function created(configuration: string): Promise<Workspace> {
  const terraform = await workspace(configuration, server.env);
  await terraform.apply();
  return terraform;
}

test("R1: after ten periods without an apply there is one rotation, and the retired generation is gone", async () => {
  const terraform = await created(key(MONTHLY));
  now += 31 * DAY;
  await terraform.apply();
  const second = await stateOf(terraform);
  now += 300 * DAY;
  const plan = await terraform.plan();
  expect(actionsOf(plan)).toEqual(["update"]);
  await terraform.apply([plan.file]);
  const third = await stateOf(terraform);
  expect(third).toMatchObject({ generation: 3, previous_key_id: second.key_id, rotation_due: false });
  expect(third.retire_previous_at).toBe(new Date(now + 72 * HOUR).toISOString());
  expect((await onServer()).sort()).toEqual([second.key_id, third.key_id].sort());
  expect((await terraform.plan()).changes).toBe(false);
});

test("R2: a saved plan does what it showed, also when a boundary is crossed before it is applied", async () => {
  const terraform = await created(key(MONTHLY));
  const first = await stateOf(terraform);
  await terraform.write(key(MONTHLY, '["getOrg", "listSites"]'));
  const plan = await terraform.plan();
  now += 31 * DAY;
  await terraform.apply([plan.file]);
  expect(await stateOf(terraform)).toMatchObject({ key_id: first.key_id, generation: 1 });
  expect(await held(first.key_id)).toEqual(["getOrg", "listSites"]);
  const rotation = await terraform.plan();
  now += 30 * DAY;
  await terraform.apply([rotation.file]);
  expect(await stateOf(terraform)).toMatchObject({ generation: 2, previous_key_id: first.key_id });
  expect((await terraform.plan()).changes).toBe(false);
});

describe("R4: the current key is deleted in the dashboard", () => {
  test("a new one is minted, and dependants follow", async () => {
    const terraform = await created(key(MONTHLY));
    await remove((await stateOf(terraform)).key_id);
    await terraform.apply();
    expect(await statusOf(await tokenOf(terraform))).toBe(200);
    expect(await onServer()).toHaveLength(1);
  });

  test("while the previous one lives, it is minted in place and that one stays until its deadline", async () => {
    const terraform = await created(key(MONTHLY));
    const first = await stateOf(terraform);
    now += 31 * DAY;
    await terraform.apply();
    const second = await stateOf(terraform);
    await remove(second.key_id);
    const plan = await terraform.plan();
    expect(actionsOf(plan)).toEqual(["update"]);
    await terraform.apply([plan.file]);
    expect(await stateOf(terraform)).toMatchObject({
      generation: 3,
      previous_key_id: first.key_id,
      retire_previous_at: second.retire_previous_at,
    });
    expect((await terraform.plan()).changes).toBe(false);
    now += 73 * HOUR;
    await terraform.apply();
    expect(await onServer()).toEqual([(await stateOf(terraform)).key_id]);
  });

  test("with both gone the key is created", async () => {
    const terraform = await created(key(MONTHLY));
    now += 31 * DAY;
    await terraform.apply();
    for (const keyId of await onServer()) await remove(keyId);
    const plan = await terraform.plan();
    expect(actionsOf(plan)).toEqual(["create"]);
    await terraform.apply([plan.file]);
    expect(await stateOf(terraform)).toMatchObject({ generation: 1, previous_key_id: null });
  });
});

test("R5: a kill between the mint and the state leaves one key that can do nothing, and touches no other", async () => {
  const stranger = ((await api(server.env, "PUT", `/org/${orgId}/api-key`, { name: "ci" })) as { apiKeyId: string }).apiKeyId;
  const terraform = await workspace(key(MONTHLY), server.env);
  server.setFaults({
    decide: ({ method, path }) => {
      if (method === "POST" && /actions$/.test(path)) {
        killAllIn(terraform.directory);
        return "reset-before";
      }
      return undefined;
    },
  });
  await expect(terraform.apply()).rejects.toThrow();
  server.setFaults({});
  const orphans = (await onServer()).filter((keyId) => keyId !== stranger);
  expect(orphans).toHaveLength(1);
  expect(await held(orphans[0])).toEqual([]);
  await terraform.apply(["-lock=false"]);
  expect((await onServer()).sort()).toEqual([stranger, ...orphans, (await stateOf(terraform)).key_id].sort());
  expect((await terraform.plan()).changes).toBe(false);
});

test("R6: a trigger that is unknown at plan rotates only if it turns out different", async () => {
  const source = (input: string, note: string) =>
    `resource "terraform_data" "t" {\n  input = "${input}"\n  triggers_replace = "${note}"\n}\n${triggered("terraform_data.t.output")}`;
  const terraform = await created(source("one", "a"));
  const first = await stateOf(terraform);
  await terraform.write(source("one", "b"));
  const equal = await terraform.plan();
  expect(equal.json.resource_changes?.find(({ address }) => address === "pangolin_api_key.ci")?.change.after_unknown).toMatchObject({
    key_id: true,
    generation: true,
    previous_key_id: true,
    rotation_due: true,
  });
  await terraform.apply([equal.file]);
  expect(await stateOf(terraform)).toMatchObject({ key_id: first.key_id, generation: 1, previous_key_id: null });
  await terraform.write(source("two", "c"));
  await terraform.apply();
  expect(await stateOf(terraform)).toMatchObject({ generation: 2, previous_key_id: first.key_id });
  expect((await terraform.plan()).changes).toBe(false);
});

test("R7: a changed schedule rotates nothing that is not due", async () => {
  const terraform = await created(key());
  const { key_id: keyId } = await stateOf(terraform);
  const stays = async (configuration: string) => {
    await terraform.write(configuration);
    await terraform.apply();
    expect(await stateOf(terraform)).toMatchObject({ key_id: keyId, generation: 1 });
    expect((await terraform.plan()).changes).toBe(false);
  };
  await stays(triggered('"one"'));
  await stays(key());
  await stays(key(MONTHLY));
  now += 20 * DAY;
  await stays(key('rotate_after = "60d"'));
  await stays(key());
  await stays(key(MONTHLY));
  // Shortened below its age, the key is due; the plan that shortens it does not rotate, the one after it does.
  await terraform.write(key('rotate_after = "10d"'));
  const shortened = await terraform.plan();
  expect(shortened.json.resource_changes?.[0]?.change.after).toMatchObject({ key_id: keyId });
  await terraform.apply([shortened.file]);
  await terraform.apply();
  expect(await stateOf(terraform)).toMatchObject({ generation: 2, previous_key_id: keyId });
  expect((await terraform.plan()).changes).toBe(false);
});

test("R9: who uses only the outputs is never refused inside of the grace period", async () => {
  const terraform = await created(key(MONTHLY));
  let token = await tokenOf(terraform);
  const statuses: number[] = [];
  let probing = true;
  const prober = (async () => {
    while (probing) {
      statuses.push(await statusOf(token));
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  })();
  now += 31 * DAY;
  await terraform.apply();
  await new Promise((resolve) => setTimeout(resolve, 300));
  token = await tokenOf(terraform);
  await new Promise((resolve) => setTimeout(resolve, 300));
  probing = false;
  await prober;
  expect(statuses.length).toBeGreaterThan(10);
  expect(statuses.filter((status) => status !== 200)).toEqual([]);
});

test("R10: the previous key is refused after its grace period and one apply", async () => {
  const terraform = await created(key(MONTHLY));
  const old = await tokenOf(terraform);
  now += 31 * DAY;
  await terraform.apply();
  now += 71 * HOUR;
  expect((await terraform.plan()).changes).toBe(false);
  expect(await statusOf(old)).toBe(200);
  now += 2 * HOUR;
  const plan = await terraform.plan();
  expect(actionsOf(plan)).toEqual(["update"]);
  await terraform.apply([plan.file]);
  expect(await statusOf(old)).toBe(401);
  expect(await stateOf(terraform)).toMatchObject({ previous_key_id: null, retire_previous_at: null, generation: 2 });
  expect((await terraform.plan()).changes).toBe(false);
});

describe("R11: setting the permissions fails after the mint", () => {
  const failing = {
    decide: ({ method, path }: { method: string; path: string }) =>
      method === "POST" && /actions$/.test(path) ? ("error-before" as const) : undefined,
  };

  test("a create leaves nothing", async () => {
    const terraform = await workspace(key(MONTHLY), server.env);
    server.setFaults(failing);
    await terraform.apply([], { expect: 1 });
    expect(await onServer()).toEqual([]);
    expect((await terraform.state()).size).toBe(0);
    server.setFaults({});
    await terraform.apply();
    expect(await onServer()).toHaveLength(1);
  });

  test("a rotation has the new key in the state, and the next apply heals it without another", async () => {
    const terraform = await created(key(MONTHLY));
    const first = await stateOf(terraform);
    now += 31 * DAY;
    server.setFaults(failing);
    await terraform.apply([], { expect: 1 });
    const second = await stateOf(terraform);
    expect(second).toMatchObject({ generation: 2, previous_key_id: first.key_id });
    expect(second.token).toContain(String(second.key_id));
    expect(await statusOf(first.token)).toBe(200);
    server.setFaults({});
    await terraform.apply();
    expect(await stateOf(terraform)).toMatchObject({ key_id: second.key_id, generation: 2 });
    expect(await held(second.key_id)).toEqual(["getOrg"]);
    expect(await onServer()).toHaveLength(2);
    expect((await terraform.plan()).changes).toBe(false);
  });
});

test.each([-1, 1])("R12: a computer whose clock is %s day off retires nothing early and loses nothing", async (days) => {
  now = Date.now() + days * DAY;
  const terraform = await created(key('rotate_after = "1h"\n  grace_period = "30m"'));
  expect((await terraform.plan()).changes).toBe(false);
  now += 61 * 60_000;
  await terraform.apply();
  expect(await stateOf(terraform)).toMatchObject({ generation: 2 });
  now += 20 * 60_000;
  expect((await terraform.plan()).changes).toBe(false);
  expect(await onServer()).toHaveLength(2);
});

describe("R15: a destroy", () => {
  const rotated = async () => {
    const terraform = await created(key(MONTHLY));
    now += 31 * DAY;
    await terraform.apply();
    return terraform;
  };

  test("removes both generations", async () => {
    await (await rotated()).destroy();
    expect(await onServer()).toEqual([]);
  });

  test("does not mind a previous key that is gone", async () => {
    const terraform = await rotated();
    await remove((await stateOf(terraform)).previous_key_id);
    await terraform.destroy(["-refresh=false"]);
    expect(await onServer()).toEqual([]);
  });

  testWhereOrganizationsAreDeleted("does not mind an organization that is gone", async () => {
    const terraform = await rotated();
    await server.deleteOrg(orgId);
    await terraform.destroy(["-refresh=false"]);
    expect((await terraform.state()).size).toBe(0);
  });
});

test("R16: the key in use, and a key of another organization, cannot be taken over", async () => {
  const other = await createOrg(server.env);
  const { apiKeyId } = (await api(server.env, "PUT", `/org/${other}/api-key`, { name: "theirs" })) as { apiKeyId: string };
  const terraform = await workspace(key(MONTHLY), server.env);
  const before = server.requests.length;
  for (const keyId of [apiKeyId, server.apiKey.split(".")[0]])
    expect((await terraform.import("pangolin_api_key.ci", `${orgId}/${keyId}`, { expect: 1 })).text).toContain("Nothing to import");
  expect(server.requests.slice(before).every(({ method }) => method === "GET")).toBe(true);
});

test("R17: two applies at once leave one key too many at worst, and each its own alive", async () => {
  const one = await created(key(MONTHLY));
  const other = await workspace(key(MONTHLY), server.env);
  await cp(join(one.directory, "terraform.tfstate"), join(other.directory, "terraform.tfstate"));
  const first = await stateOf(one);
  now += 31 * DAY;
  await Promise.all([one.apply(["-lock=false"]), other.apply(["-lock=false"])]);
  const keys = await onServer();
  expect(keys).toHaveLength(3);
  for (const terraform of [one, other]) {
    expect(keys).toContain((await stateOf(terraform)).key_id);
    expect(await statusOf(await tokenOf(terraform))).toBe(200);
  }
  expect(await statusOf(first.token)).toBe(200);
});

test("R18: a key whose permissions come from a grant is never without them", async () => {
  const terraform = await created(
    `${key(MONTHLY, null)}resource "pangolin_api_key_grant" "g" {\n  org_id = "${orgId}"\n  key_id = pangolin_api_key.ci.key_id\n  permissions = ["getOrg"]\n}\n`,
  );
  const old = await tokenOf(terraform);
  const first = await stateOf(terraform);
  const statuses: number[] = [];
  let probing = true;
  const prober = (async () => {
    while (probing) {
      statuses.push(await statusOf(old));
      // The new key is not told before the apply is over, so it is looked at where the server minted it.
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  })();
  now += 31 * DAY;
  await terraform.apply();
  probing = false;
  await prober;
  expect(statuses.every((status) => status === 200)).toBe(true);
  expect(await statusOf(await tokenOf(terraform))).toBe(200);
  expect(await held(first.key_id)).toEqual(["getOrg"]);
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.destroy();
});

test("R19: a permission that is taken away in the grace period is gone from both keys", async () => {
  const terraform = await created(key(MONTHLY, '["getOrg", "deleteSite"]'));
  now += 31 * DAY;
  await terraform.apply();
  await terraform.write(key(MONTHLY, '["getOrg"]'));
  await terraform.apply();
  for (const keyId of await onServer()) expect(await held(keyId)).toEqual(["getOrg"]);
});

test("R20: a trigger twice in one grace period leaves two keys, and the plan warns", async () => {
  const terraform = await created(triggered('"one"'));
  const first = await stateOf(terraform);
  await terraform.write(triggered('"two"'));
  await terraform.apply();
  const second = await stateOf(terraform);
  await terraform.write(triggered('"three"'));
  const plan = await terraform.plan();
  expect(words(plan.text)).toContain("A key is deleted before its grace period ends");
  expect(words(plan.text)).toContain(String(first.key_id));
  expect(words(plan.text)).toContain(String(second.retire_previous_at));
  await terraform.apply([plan.file]);
  expect((await onServer()).sort()).toEqual([second.key_id, (await stateOf(terraform)).key_id].sort());
});

test("R21: a leak is ended by a trigger and a grace period of nothing", async () => {
  const terraform = await created(triggered('"one"'));
  const leaked = await tokenOf(terraform);
  await terraform.write(triggered('"two"', 'grace_period = "0s"'));
  await terraform.apply();
  expect(await onServer()).toEqual([(await stateOf(terraform)).key_id]);
  expect(await statusOf(leaked)).toBe(401);
  expect((await terraform.plan()).changes).toBe(false);
});

test("R22: a provider that is configured with the rotating token keeps what it has, in the plan that rotates too", async () => {
  const own = key(MONTHLY, '["getOrg", "updateOrg"]');
  const terraform = await created(own);
  await terraform.write(
    `${own}
provider "pangolin" {
  alias   = "own"
  api_key = pangolin_api_key.ci.token
}
resource "pangolin_org" "own" {
  provider = pangolin.own
  org_id   = "${orgId}"
  name     = "Renamed"
}
`,
  );
  await terraform.import("pangolin_org.own", orgId);
  await terraform.apply();
  expect((await terraform.plan()).changes).toBe(false);
  now += 31 * DAY;
  const plan = await terraform.plan();
  expect(plan.text).toContain("Pangolin is not known yet");
  expect(actionsOf(plan)).toEqual(["update"]);
  expect(actionsOf(plan, "pangolin_org.own")).toEqual(["no-op"]);
  await terraform.apply([plan.file]);
  expect(await terraform.attributes("pangolin_org.own")).toMatchObject({ name: "Renamed" });
  expect((await terraform.plan()).changes).toBe(false);
});

test("R23: only what is due shows in a refresh, and nothing before or after", async () => {
  const terraform = await created(key(MONTHLY));
  const drift = async () => {
    const plan = await terraform.plan(["-refresh-only"]);
    const changes = plan.json.resource_drift ?? [];
    return changes.flatMap(({ change }) =>
      Object.keys(change.after ?? {}).filter((name) => JSON.stringify(change.before?.[name]) !== JSON.stringify(change.after?.[name])),
    );
  };
  expect(await drift()).toEqual([]);
  now += 31 * DAY;
  expect(await drift()).toEqual(["rotation_due"]);
  await terraform.apply();
  expect(await drift()).toEqual([]);
  now += 73 * HOUR;
  expect(await drift()).toEqual(["retirement_due"]);
  await terraform.apply();
  expect(await drift()).toEqual([]);
});
