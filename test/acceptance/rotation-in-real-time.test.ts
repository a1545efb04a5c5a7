import { setTimeout as sleep } from "node:timers/promises";
import { api, createOrg } from "../support/organization.js";
import { useServer } from "../support/server.js";
import { type Workspace, workspace } from "../support/terraform.js";

/**
 * Rotation by the server's own clock: periods of seconds that really pass, so nothing here says what is not due yet.
 * What depends on the hour is in rotation.test.ts, where the test has the clock.
 */
const server = useServer();
let orgId: string;
beforeEach(async () => {
  server.setFaults({});
  orgId = await createOrg(server.env);
});

const key = (more: string) => `
resource "pangolin_api_key" "ci" {
  org_id      = "${orgId}"
  name        = "ci"
  permissions = ["getOrg"]
  ${more}
}
`;
const SOON = 'rotate_after = "3s"\n  grace_period = "2s"';
const LATER = 'rotate_after = "30d"';
const stateOf = (terraform: Workspace) => terraform.attributes("pangolin_api_key.ci");
const onServer = async () =>
  ((await api(server.env, "GET", `/org/${orgId}/api-keys`)) as { apiKeys: { apiKeyId: string }[] }).apiKeys.map(({ apiKeyId }) => apiKeyId);
const statusOf = async (token: unknown) =>
  (await fetch(`${server.env.PANGOLIN_ENDPOINT}/org/${orgId}`, { headers: { Authorization: `Bearer ${token}` } })).status;

/** Waits until the server's clock, as its answers tell it, has passed a time. */
async function passed(time: unknown): Promise<void> {
  for (;;) {
    const { headers } = await fetch(`${server.env.PANGOLIN_ENDPOINT}/`);
    if (Date.parse(headers.get("date") ?? "") > Date.parse(String(time))) return;
    await sleep(200);
  }
}

async function created(configuration: string): Promise<Workspace> {
  const terraform = await workspace(configuration, { ...server.env, PANGOLIN_MAX_RETRIES: "0", PANGOLIN_REQUEST_TIMEOUT: "3s" });
  await terraform.apply();
  return terraform;
}

test("R1, R10: a key that is due is rotated once, and its predecessor goes after its grace period", async () => {
  const terraform = await created(key(SOON));
  const first = await stateOf(terraform);
  await passed(first.rotate_at);
  const plan = await terraform.plan();
  expect(plan.json.resource_changes?.map(({ change }) => change.actions)).toEqual([["update"]]);
  await terraform.apply([plan.file]);
  const second = await stateOf(terraform);
  expect(second).toMatchObject({ generation: 2, previous_key_id: first.key_id });
  expect((await onServer()).sort()).toEqual([first.key_id, second.key_id].sort());
  expect(await statusOf(first.token)).toBe(200);
  expect(await statusOf(second.token)).toBe(200);
  await passed(second.retire_previous_at);
  // A longer period, so that only the retirement is due.
  await terraform.write(key(`${LATER}\n  grace_period = "2s"`));
  await terraform.apply();
  await terraform.apply();
  expect(await statusOf(first.token)).toBe(401);
  expect(await statusOf(second.token)).toBe(200);
  expect(await stateOf(terraform)).toMatchObject({ key_id: second.key_id, generation: 2, previous_key_id: null });
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.destroy();
  expect(await onServer()).toEqual([]);
});

test("R23: a refresh shows that a key is due, and a plan of a longer period does not rotate it", async () => {
  const terraform = await created(key(SOON));
  const first = await stateOf(terraform);
  await passed(first.rotate_at);
  const { json } = await terraform.plan(["-refresh-only"]);
  expect(json.resource_drift?.map(({ change }) => [change.before?.rotation_due, change.after?.rotation_due])).toEqual([[false, true]]);
  await terraform.write(key(LATER));
  await terraform.apply();
  expect(await stateOf(terraform)).toMatchObject({ key_id: first.key_id, generation: 1, rotation_due: false });
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.destroy();
});

test("R12: when a key was made and when it is due are told by the server's clock", async () => {
  const terraform = await created(key(LATER));
  const { created_at, rotate_at } = await stateOf(terraform);
  const { apiKeys } = (await api(server.env, "GET", `/org/${orgId}/api-keys`)) as { apiKeys: { createdAt: string }[] };
  expect(created_at).toBe(apiKeys[0]?.createdAt);
  expect(Date.parse(String(rotate_at)) - Date.parse(String(created_at))).toBe(30 * 86_400_000);
  await terraform.destroy();
});

test.each([
  ["a request that is never answered", "hang-before"],
  ["an answer that never comes", "hang-after"],
] as const)("R3: %s during the refresh is an error, and the state stays byte for byte", async (_, fault) => {
  const terraform = await created(key(LATER));
  const before = await terraform.run(["state", "pull"]);
  server.setFaults({ decide: ({ path }) => (/api-keys/.test(path) ? fault : undefined) });
  expect(await terraform.failingPlan()).toContain("Pangolin did not answer in time");
  server.setFaults({});
  expect((await terraform.run(["state", "pull"])).stdout).toBe(before.stdout);
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.destroy();
});
