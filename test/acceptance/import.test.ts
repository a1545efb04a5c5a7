import { api, createOrg } from "../support/organization.js";
import { useServer } from "../support/server.js";
import { workspace } from "../support/terraform.js";

const server = useServer();

const key = (name: string, orgId: string) => `resource "pangolin_api_key" "${name}" {\n  org_id = ${orgId}\n  name = "ci"\n}\n`;
const importBlock = (name: string, id: string) => `import {\n  to = pangolin_api_key.${name}\n  id = "${id}"\n}\n`;
const keyIdsOf = async (orgId: string): Promise<string[]> =>
  ((await api(server.env, "GET", `/org/${orgId}/api-keys`)) as { apiKeys: { apiKeyId: string }[] }).apiKeys.map(({ apiKeyId }) => apiKeyId);

test("a resource that gets another name together with its import block is refused, and moved instead", async () => {
  const orgId = await createOrg(server.env);
  const terraform = await workspace(key("before", `"${orgId}"`), server.env);
  await terraform.apply();
  const keyIds = await keyIdsOf(orgId);
  const renamed = key("after", `"${orgId}"`);
  await terraform.write(renamed + importBlock("after", `${orgId}/${keyIds[0]}`));
  expect(await terraform.failingPlan()).toMatch(/Imported API key would be deleted[\s\S]*moved\s+block/);
  await terraform.write(`${renamed}moved {\n  from = pangolin_api_key.before\n  to = pangolin_api_key.after\n}\n`);
  await terraform.apply();
  expect((await terraform.plan()).changes).toBe(false);
  expect(await keyIdsOf(orgId)).toEqual(keyIds);
});

test("an import into an organization that is not known yet is refused, since it would replace the key", async () => {
  const orgId = await createOrg(server.env);
  const { apiKeyId } = (await api(server.env, "PUT", `/org/${orgId}/api-key`, { name: "ci" })) as { apiKeyId: string };
  const later = 'resource "terraform_data" "org" {\n  input = "ORG"\n}\n'.replace("ORG", orgId);
  const imported = importBlock("ci", `${orgId}/${apiKeyId}`);
  const terraform = await workspace(later + key("ci", "terraform_data.org.output") + imported, server.env);
  expect(await terraform.failingPlan()).toMatch(/Imported API key would be deleted[\s\S]*not\s+known\s+yet/);
  await terraform.write(later + key("ci", "terraform_data.org.input") + imported);
  await terraform.apply();
  expect((await terraform.plan()).changes).toBe(false);
  expect(await keyIdsOf(orgId)).toEqual([apiKeyId]);
});

test("an import whose configuration Terraform writes changes nothing", async () => {
  const orgId = await createOrg(server.env);
  const mint = async (name: string) => ((await api(server.env, "PUT", `/org/${orgId}/api-key`, { name })) as { apiKeyId: string }).apiKeyId;
  const [bare, granted] = [await mint("bare"), await mint("granted")];
  await api(server.env, "POST", `/org/${orgId}/api-key/${granted}/actions`, { actionIds: ["getOrg", "listSites"] });
  const terraform = await workspace(importBlock("bare", `${orgId}/${bare}`) + importBlock("granted", `${orgId}/${granted}`), server.env);
  await terraform.plan(["-generate-config-out=generated.tf"]);
  expect((await terraform.apply()).stdout).toMatch(/2 imported, 0 added, 0 changed, 0 destroyed/);
  expect((await terraform.plan()).changes).toBe(false);
  expect((await keyIdsOf(orgId)).sort()).toEqual([bare, granted].sort());
});
