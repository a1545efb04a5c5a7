import { testSince } from "../support/engine.js";
import { api, createOrg } from "../support/organization.js";
import { useServer } from "../support/server.js";
import { workspace } from "../support/terraform.js";

const server = useServer();
let orgId: string;
beforeEach(async () => {
  orgId = await createOrg(server.env);
});

const key = (more: string, name = "ci") => `
resource "pangolin_api_key" "ci" {
  org_id = "${orgId}"
  name   = "${name}"
  ${more}
}
output "token" {
  value     = pangolin_api_key.ci.token
  sensitive = true
}
`;

const GRANTED = 'permissions = ["listSites", "getOrg"]';

const permissionsOf = async (keyId: unknown) => {
  const { actions } = (await api(server.env, "GET", `/org/${orgId}/api-key/${keyId}/actions`)) as { actions: { actionId: string }[] };
  return actions.map(({ actionId }) => actionId).sort();
};
const keyIds = async () =>
  ((await api(server.env, "GET", `/org/${orgId}/api-keys`)) as { apiKeys: { apiKeyId: string }[] }).apiKeys.map(({ apiKeyId }) => apiKeyId);

test("a key is created with its permissions, its token works, and a second plan is empty", async () => {
  const terraform = await workspace(key(GRANTED), server.env);
  await terraform.apply();
  const token = String((await terraform.outputs()).token);
  const answer = await fetch(`${server.env.PANGOLIN_ENDPOINT}/org/${orgId}`, { headers: { Authorization: `Bearer ${token}` } });
  expect(answer.status).toBe(200);
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.destroy();
  expect(await keyIds()).toEqual([]);
});

test("changed permissions are written in place, and drift is repaired", async () => {
  const terraform = await workspace(key(GRANTED), server.env);
  await terraform.apply();
  const { key_id: keyId } = await terraform.attributes("pangolin_api_key.ci");
  await terraform.write(key('permissions = ["getSite"]'));
  await terraform.apply();
  expect(await permissionsOf(keyId)).toEqual(["getSite"]);
  await api(server.env, "POST", `/org/${orgId}/api-key/${keyId}/actions`, { actionIds: ["getOrg", "deleteSite"] });
  const plan = await terraform.plan();
  expect(plan.json.resource_changes?.[0]?.change.actions).toEqual(["update"]);
  await terraform.apply([plan.file]);
  expect(await permissionsOf(keyId)).toEqual(["getSite"]);
  await terraform.destroy();
});

test("a key that was deleted behind Terraform's back is minted again", async () => {
  const terraform = await workspace(key(GRANTED), server.env);
  await terraform.apply();
  const { key_id: keyId } = await terraform.attributes("pangolin_api_key.ci");
  await api(server.env, "DELETE", `/org/${orgId}/api-key/${keyId}`);
  await terraform.apply();
  expect((await terraform.attributes("pangolin_api_key.ci")).key_id).not.toBe(keyId);
  expect(await keyIds()).toHaveLength(1);
  await terraform.destroy();
});

test("a new name mints a successor in place, and the old key stays for its grace period", async () => {
  const terraform = await workspace(key(GRANTED), server.env);
  await terraform.apply();
  const before = await terraform.attributes("pangolin_api_key.ci");
  await terraform.write(key(GRANTED, "ci-2"));
  const plan = await terraform.plan();
  expect(plan.text).toContain("A new name mints a new key");
  await terraform.apply([plan.file]);
  const after = await terraform.attributes("pangolin_api_key.ci");
  expect(after).toMatchObject({ name: "ci-2", generation: 2, previous_key_id: before.key_id, rotation_due: false, retirement_due: false });
  expect(await permissionsOf(after.key_id)).toEqual(["getOrg", "listSites"]);
  expect((await keyIds()).sort()).toEqual([before.key_id, after.key_id].sort());
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.destroy();
  expect(await keyIds()).toEqual([]);
});

test("a trigger with a grace period of nothing leaves one key", async () => {
  const leaked = (trigger: string) => key(`${GRANTED}\n  grace_period = "0s"\n  rotation_triggers = { leak = "${trigger}" }`);
  const terraform = await workspace(leaked("1"), server.env);
  await terraform.apply();
  const before = await terraform.attributes("pangolin_api_key.ci");
  await terraform.write(leaked("2"));
  await terraform.apply();
  const after = await terraform.attributes("pangolin_api_key.ci");
  expect(await keyIds()).toEqual([after.key_id]);
  expect(after.key_id).not.toBe(before.key_id);
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.destroy();
});

test("an imported key has no secret, and the plan after the import is empty", async () => {
  const minted = (await api(server.env, "PUT", `/org/${orgId}/api-key`, { name: "ci" })) as { apiKeyId: string };
  await api(server.env, "POST", `/org/${orgId}/api-key/${minted.apiKeyId}/actions`, { actionIds: ["listSites", "getOrg"] });
  const terraform = await workspace(key(GRANTED), server.env);
  await terraform.import("pangolin_api_key.ci", `${orgId}/${minted.apiKeyId}`);
  expect(await terraform.attributes("pangolin_api_key.ci")).toMatchObject({ secret: null, token: null, generation: 1 });
  const plan = await terraform.plan();
  expect(plan.json.resource_changes?.[0]?.change.actions).toEqual(["no-op"]);
  await terraform.destroy();
});

test.each([
  ["a permission that is none", 'permissions = ["listSite"]', /There is no permission "listSite"\. Did you mean "listSites"\?/],
  ["an empty set of permissions", "permissions = []", /Expected at least one permission/],
  ["a duration that is none", 'rotate_after = "3 months"', /is not a duration/],
  ["a grace period as long as the rotation", 'rotate_after = "1h"\n  grace_period = "1h"', /Grace period too long/],
])("%s is an error of the plan", async (_, argument, message) => {
  const terraform = await workspace(key(argument), server.env);
  expect((await terraform.failingPlan()).replace(/\s*\n[│\s]*/g, " ")).toMatch(message);
  expect(await keyIds()).toEqual([]);
});

test("an organization that does not exist is an error before anything is minted", async () => {
  const terraform = await workspace(key(GRANTED).replace(orgId, "no-such-organization"), server.env);
  const { text } = await terraform.apply([], { expect: 1 });
  expect(text).toContain("Organization not found");
});

testSince({ terraform: "1.12", tofu: "1.12" })("a key is imported by its identity, and by a block", async () => {
  const { apiKeyId } = (await api(server.env, "PUT", `/org/${orgId}/api-key`, { name: "ci" })) as { apiKeyId: string };
  await api(server.env, "POST", `/org/${orgId}/api-key/${apiKeyId}/actions`, { actionIds: ["listSites", "getOrg"] });
  const terraform = await workspace(
    {
      "main.tf": key(GRANTED),
      "import.tf": `import {\n  to = pangolin_api_key.ci\n  identity = {\n    org_id = "${orgId}"\n    key_id = "${apiKeyId}"\n  }\n}\n`,
    },
    server.env,
  );
  expect((await terraform.plan()).json.resource_changes?.[0]?.change.actions).toEqual(["no-op"]);
  await terraform.apply();
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.write(key('rotation_triggers = { a = "1" }'));
  await terraform.apply();
  await terraform.write(key('rotation_triggers = { a = "2" }'));
  await terraform.apply();
  expect(await terraform.attributes("pangolin_api_key.ci")).toMatchObject({ generation: 2, previous_key_id: apiKeyId });
  await terraform.destroy();
});
