import { testSince } from "../support/engine.js";
import { api, createOrg } from "../support/organization.js";
import { useServer } from "../support/server.js";
import { workspace } from "../support/terraform.js";

const server = useServer();
let orgId: string;
let keyId: string;
beforeEach(async () => {
  orgId = await createOrg(server.env);
  keyId = await mint();
});

const mint = async () => ((await api(server.env, "PUT", `/org/${orgId}/api-key`, { name: "elsewhere" })) as { apiKeyId: string }).apiKeyId;
const hold = (key: string, ...actionIds: string[]) => api(server.env, "POST", `/org/${orgId}/api-key/${key}/actions`, { actionIds });
const held = async (key: string) => {
  const { actions } = (await api(server.env, "GET", `/org/${orgId}/api-key/${key}/actions`)) as { actions: { actionId: string }[] };
  return actions.map(({ actionId }) => actionId).sort();
};
const one = (type: string, key: string, ...names: string[]) =>
  `resource "${type}" "this" {\n  org_id = "${orgId}"\n  key_id = "${key}"\n  permissions = ${JSON.stringify(names)}\n}\n`;

test("a grant adds to a key, repairs what is taken away, and takes only its own with it", async () => {
  await hold(keyId, "getOrg");
  const terraform = await workspace(one("pangolin_api_key_grant", keyId, "listSites", "getSite"), server.env);
  await terraform.apply();
  expect(await held(keyId)).toEqual(["getOrg", "getSite", "listSites"]);
  expect((await terraform.plan()).changes).toBe(false);
  await hold(keyId, "getOrg", "listSites");
  expect((await terraform.plan()).changes).toBe(true);
  await terraform.write(one("pangolin_api_key_grant", keyId, "getSite"));
  await terraform.apply();
  expect(await held(keyId)).toEqual(["getOrg", "getSite"]);
  await terraform.destroy();
  expect(await held(keyId)).toEqual(["getOrg"]);
});

test("a changed key gets the grant in place, and the old one is left alone", async () => {
  const other = await mint();
  const terraform = await workspace(one("pangolin_api_key_grant", keyId, "listSites"), server.env);
  await terraform.apply();
  await terraform.write(one("pangolin_api_key_grant", other, "listSites"));
  const plan = await terraform.plan();
  expect(plan.json.resource_changes?.[0]?.change.actions).toEqual(["update"]);
  await terraform.apply([plan.file]);
  expect([await held(keyId), await held(other)]).toEqual([["listSites"], ["listSites"]]);
  await terraform.destroy();
});

test("the set of a key is authoritative, and a destroy leaves one permission that has no effect", async () => {
  await hold(keyId, "getOrg", "deleteSite");
  const terraform = await workspace(one("pangolin_api_key_permissions", keyId, "listSites"), server.env);
  await terraform.apply();
  expect(await held(keyId)).toEqual(["listSites"]);
  await hold(keyId, "deleteSite");
  await terraform.apply();
  expect(await held(keyId)).toEqual(["listSites"]);
  expect((await terraform.plan()).changes).toBe(false);
  const { text } = await terraform.destroy();
  expect(text).toContain("One permission is left on the API key");
  expect(await held(keyId)).toEqual(["checkOrgId"]);
});

test("a key that is gone does not stop a destroy", async () => {
  const terraform = await workspace(one("pangolin_api_key_grant", keyId, "listSites"), server.env);
  await terraform.apply();
  await api(server.env, "DELETE", `/org/${orgId}/api-key/${keyId}`);
  await terraform.destroy();
  expect((await terraform.state()).size).toBe(0);
});

test("two owners of one key's permissions are an error before any write", async () => {
  const terraform = await workspace(
    one("pangolin_api_key_grant", keyId, "listSites") + one("pangolin_api_key_permissions", keyId, "getSite"),
    server.env,
  );
  expect(await terraform.failingPlan()).toContain("Permissions have two owners");
  expect(await held(keyId)).toEqual([]);
});

test("a key of another organization, and the key in use, are not touched", async () => {
  const inUse = String(server.env.PANGOLIN_API_KEY).split(".")[0] ?? "";
  const terraform = await workspace(one("pangolin_api_key_permissions", inUse, "listSites"), server.env);
  const { text } = await terraform.apply([], { expect: 1 });
  expect(text).toContain("API key not found");
});

testSince({ terraform: "1.8", tofu: "1.7" })("functions and the catalogue", async () => {
  const terraform = await workspace(
    `data "pangolin_permissions" "site" {\n  category = "site"\n}\n` +
      `output "names" { value = data.pangolin_permissions.site.permissions[*].name }\n` +
      `output "reading" { value = provider::pangolin::permissions("site", ["get", "list"]) }\n` +
      `output "key" { value = provider::pangolin::parse_token("abc.def").key_id }\n`,
    server.env,
  );
  await terraform.apply();
  const outputs = await terraform.outputs();
  expect(outputs.key).toBe("abc");
  expect(outputs.reading).toEqual(["getSite", "listSiteRoles", "listSites"]);
  expect(outputs.names).toEqual(expect.arrayContaining(["createSite", "getSite", "listSites"]));
});
