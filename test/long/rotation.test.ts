import { api, createOrg } from "../support/organization.js";
import { useSandbox } from "../support/server.js";
import { workspace } from "../support/terraform.js";

const DAY = 86_400_000;
let now = Date.parse("2031-01-01T00:00:00.000Z");
const server = useSandbox({ now: () => new Date(now) });
const keysOf = async (orgId: string) =>
  ((await api(server.env, "GET", `/org/${orgId}/api-keys`)) as { apiKeys: { apiKeyId: string; createdAt: string }[] }).apiKeys;

test("R8: in a year of daily plans no key is too old, none is rotated too young, and the second plan is empty", async () => {
  const orgId = await createOrg(server.env);
  const terraform = await workspace(
    `resource "pangolin_api_key" "ci" {\n  org_id = "${orgId}"\n  name = "ci"\n  permissions = ["getOrg"]\n  rotate_after = "30d"\n}\n`,
    server.env,
  );
  await terraform.apply();
  let rotations = 0;
  let current = await terraform.attributes("pangolin_api_key.ci");
  for (let day = 1; day <= 365; day++) {
    now += DAY;
    const plan = await terraform.plan();
    if (!plan.changes) continue;
    await terraform.apply([plan.file]);
    const next = await terraform.attributes("pangolin_api_key.ci");
    if (next.key_id !== current.key_id) {
      rotations++;
      const age = now - Date.parse(String(current.created_at));
      expect(age).toBeGreaterThanOrEqual(30 * DAY);
      expect(age).toBeLessThanOrEqual(31 * DAY);
    }
    current = next;
    expect((await terraform.plan()).changes).toBe(false);
    expect((await keysOf(orgId)).length).toBeLessThanOrEqual(2);
  }
  expect(rotations).toBe(12);
});

test("R13: a thousand keys cost one listing a walk, and one read of permissions for each that declares some", async () => {
  const orgId = await createOrg(server.env);
  const terraform = await workspace(
    `resource "pangolin_api_key" "k" {\n  count = 1000\n  org_id = "${orgId}"\n  name = "k\${count.index}"\n  permissions = count.index < 500 ? ["getOrg"] : null\n}\n`,
    server.env,
  );
  await terraform.apply();
  const before = server.sandbox.requests.length;
  expect((await terraform.plan()).changes).toBe(false);
  const requests = server.sandbox.requests
    .slice(before)
    .map(({ path }) => (/actions$/.test(path) ? "permissions" : /api-keys$/.test(path) ? "page" : "organization"));
  expect(requests.filter((kind) => kind === "organization")).toHaveLength(1);
  // A full page says that there may be another.
  expect(requests.filter((kind) => kind === "page")).toHaveLength(2);
  expect(requests.filter((kind) => kind === "permissions")).toHaveLength(500);
  await terraform.destroy();
  expect(await keysOf(orgId)).toEqual([]);
});
