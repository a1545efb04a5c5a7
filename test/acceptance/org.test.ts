import { randomBytes } from "node:crypto";
import { testSince } from "../support/engine.js";
import { api, createOrg } from "../support/organization.js";
import { useServer } from "../support/server.js";
import { workspace } from "../support/terraform.js";

const server = useServer();
let orgId: string;
beforeEach(() => {
  orgId = `test-${randomBytes(6).toString("hex")}`;
});

const NETWORKS = 'subnet = "100.90.0.0/24"\n  utility_subnet = "100.96.128.0/24"';
const org = (more = "", { id = orgId, name = "Acme", networks = NETWORKS } = {}) =>
  `resource "pangolin_org" "this" {\n  org_id = "${id}"\n  name = "${name}"\n  ${networks}\n  ${more}\n}\n`;
const onServer = async () => ((await api(server.env, "GET", `/org/${orgId}`)) as { org: Record<string, unknown> }).org;

test("an organization is created with its settings, updated in place, and its drift repaired", async () => {
  const terraform = await workspace(org("settings_log_retention_days_request = 30"), server.env);
  await terraform.apply();
  expect(await onServer()).toMatchObject({ name: "Acme", settingsLogRetentionDaysRequest: 30 });
  expect((await terraform.plan()).changes).toBe(false);
  expect(await terraform.attributes("pangolin_org.this")).toMatchObject({
    id: orgId,
    deletion_policy: "prevent",
    settings_log_retention_days_action: 0,
    ssh_ca_private_key: null,
  });

  await terraform.write(
    org(["access", "action", "connection", "ai_sessions", "request"].map((log) => `settings_log_retention_days_${log} = 3`).join("\n  "), {
      name: "Acme & Söhne",
    }),
  );
  expect((await terraform.plan()).json.resource_changes?.[0]?.change.actions).toEqual(["update"]);
  await terraform.apply();
  expect(await onServer()).toMatchObject({
    name: "Acme & Söhne",
    settingsLogRetentionDaysRequest: 3,
    settingsLogRetentionDaysAccess: 3,
    settingsLogRetentionDaysAction: 3,
    settingsLogRetentionDaysConnection: 3,
    settingsLogRetentionDaysAISessions: 3,
  });

  await api(server.env, "POST", `/org/${orgId}`, { name: "Somebody else's" });
  await terraform.apply();
  expect(await onServer()).toMatchObject({ name: "Acme & Söhne" });
  expect((await terraform.plan()).changes).toBe(false);
});

test("a destroy is refused until the policy in the state allows it", async () => {
  const terraform = await workspace(org(), server.env);
  await terraform.apply();
  expect((await terraform.destroy([], { expect: 1 })).text).toContain("Organization is protected");
  await terraform.write("");
  expect(await terraform.failingPlan()).toContain("Organization is protected");
  await terraform.write(org('deletion_policy = "abandon"'));
  await terraform.apply();
  expect((await terraform.destroy()).text).toContain("Organization left on the server");
  expect((await terraform.state()).size).toBe(0);
  expect(await onServer()).toMatchObject({ orgId });
});

test("a forced replacement does not get past the policy", async () => {
  const terraform = await workspace(org(), server.env);
  await terraform.apply();
  const { text } = await terraform.apply(["-replace=pangolin_org.this"], { expect: 1 });
  expect(text).toContain("Organization exists already");
  expect(await onServer()).toMatchObject({ orgId });
});

test("a deletion that the server cannot do says what is known and what to do", async () => {
  const terraform = await workspace(org('deletion_policy = "delete"'), server.env);
  await terraform.apply();
  const { text } = await terraform.destroy([], { expect: 1 });
  expect(text).toContain("Organization not deleted");
  expect((await terraform.state()).size).toBe(1);
});

test("what cannot be changed is an error at plan, never a replacement", async () => {
  const terraform = await workspace(org(), server.env);
  await terraform.apply();
  await terraform.write(org("", { networks: 'subnet = "100.91.0.0/24"\n  utility_subnet = "100.97.128.0/24"' }));
  const networks = await terraform.failingPlan();
  expect(networks).toContain("subnet cannot be changed");
  expect(networks).toContain("utility_subnet cannot be changed");
  await terraform.write(org("", { id: `${orgId}-2` }));
  expect(await terraform.failingPlan()).toContain("org_id cannot be changed");
});

test("an organization that exists is imported by the block that the error holds", async () => {
  orgId = await createOrg(server.env);
  const terraform = await workspace(org("", { name: orgId }), server.env);
  const refused = await terraform.failingPlan();
  expect(refused).toContain("Organization exists already");
  const block = /import \{[^}]*\}/.exec(refused.replace(/^[│╷╵] ?/gm, ""))?.[0] ?? "";
  await terraform.write({ "import.tf": block });
  const { json } = await terraform.plan();
  expect(json.resource_changes?.[0]?.change.actions).toEqual(["no-op"]);
  await terraform.apply();
  expect((await terraform.plan()).changes).toBe(false);
});

test("import by command, and without the networks in the configuration", async () => {
  orgId = await createOrg(server.env);
  const terraform = await workspace(org("", { name: orgId, networks: "" }), server.env);
  await terraform.import("pangolin_org.this", orgId);
  expect((await terraform.plan()).changes).toBe(false);
  expect((await terraform.import("pangolin_org.this", "no-such-org", { expect: 1 })).text).toContain("Nothing to import");
});

testSince({ terraform: "1.12", tofu: "1.12" })("import by identity", async () => {
  orgId = await createOrg(server.env);
  const terraform = await workspace(
    {
      "main.tf": org("", { name: orgId }),
      "import.tf": `import {\n  to = pangolin_org.this\n  identity = {\n    org_id = "${orgId}"\n  }\n}\n`,
    },
    server.env,
  );
  expect((await terraform.plan()).json.resource_changes?.[0]?.change.actions).toEqual(["no-op"]);
  await terraform.apply();
  expect((await terraform.plan()).changes).toBe(false);
});

test("on_conflict adopts an organization and sets what differs", async () => {
  orgId = await createOrg(server.env);
  const terraform = await workspace(org('on_conflict = "adopt"', { networks: "" }), server.env);
  expect((await terraform.apply()).text).toContain("Organization adopted");
  expect(await onServer()).toMatchObject({ name: "Acme" });
  expect((await terraform.plan()).changes).toBe(false);
});

test("adopting another network is refused at plan", async () => {
  orgId = await createOrg(server.env);
  const terraform = await workspace(
    org('on_conflict = "adopt"', { networks: 'subnet = "10.0.0.0/24"\n  utility_subnet = "10.1.0.0/24"' }),
    server.env,
  );
  expect(await terraform.failingPlan()).toContain("subnet cannot be changed");
});

test.each([
  ["require_two_factor", "true"],
  ["max_session_length_hours", "24"],
  ["password_expiry_days", "30"],
  ["settings_enable_global_newt_auto_update", "true"],
])("%s is an error on a community server before anything is written", async (name, value) => {
  const terraform = await workspace(org(`${name} = ${value}`), server.env);
  const text = await terraform.failingPlan();
  expect(text).toContain(`${name} needs another edition`);
  expect(text).toContain(`${name} = ${value}`);
  await expect(onServer()).rejects.toThrow("404");
});

test("the SSH authority's keys are stored only where an attribute asks", async () => {
  const terraform = await workspace(org("expose_ssh_ca = true"), server.env);
  await terraform.apply();
  const shown = await terraform.attributes("pangolin_org.this");
  expect(shown.ssh_ca_public_key).toEqual((await onServer()).sshCaPublicKey);
  expect(shown.ssh_ca_private_key).toEqual((await onServer()).sshCaPrivateKey);
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.write(org());
  await terraform.apply();
  expect(await terraform.attributes("pangolin_org.this")).toMatchObject({ ssh_ca_public_key: null, ssh_ca_private_key: null });
});

test.each([
  ["an id with capitals", { id: "Acme" }, "lower-case letters"],
  ["an id that is too long", { id: "a".repeat(33) }, "at most 32"],
  ["an empty name", { name: "" }, "one character at least"],
  ["a network that is none", { networks: 'subnet = "100.90.0.0"\n utility_subnet = "100.96.128.0/24"' }, "IPv4 network"],
  ["networks that overlap", { networks: 'subnet = "100.90.0.0/16"\n utility_subnet = "100.90.128.0/24"' }, "share addresses"],
  ["no networks", { networks: "" }, "Missing subnet"],
])("%s is an error at plan", async (_, options, message) => {
  const terraform = await workspace(org("", options), server.env);
  expect((await terraform.failingPlan()).replace(/\s*\n[│ ]*/g, " ")).toContain(message);
});

test.each([
  ['deletion_policy = "never"', "deletion_policy"],
  ['on_conflict = "merge"', "on_conflict"],
  ["settings_log_retention_days_request = -2", "smallest number is -1"],
  ["max_session_length_hours = 0", "max_session_length_hours"],
])("%s is an error at plan", async (argument, message) => {
  const terraform = await workspace(org(argument), server.env);
  expect((await terraform.failingPlan()).replace(/\s*\n[│ ]*/g, " ")).toContain(message);
});

test("organizations and keys are looked up", async () => {
  orgId = await createOrg(server.env);
  const { apiKeyId } = (await api(server.env, "PUT", `/org/${orgId}/api-key`, { name: "old" })) as { apiKeyId: string };
  await api(server.env, "POST", `/org/${orgId}/api-key/${apiKeyId}/actions`, { actionIds: ["listSites", "getOrg"] });
  const terraform = await workspace(
    `data "pangolin_org" "this" { org_id = "${orgId}" }
data "pangolin_orgs" "all" {}
data "pangolin_api_key" "by_name" {
  org_id = "${orgId}"
  name = "old"
}
data "pangolin_api_key" "by_id" {
  org_id = "${orgId}"
  key_id = data.pangolin_api_key.by_name.key_id
}
data "pangolin_api_keys" "one" { org_ids = ["${orgId}"] }
data "pangolin_api_keys" "aged" { older_than = "3650d" }
output "org" { value = data.pangolin_org.this.name }
output "listed" { value = contains(data.pangolin_orgs.all.org_ids, "${orgId}") }
output "key" { value = data.pangolin_api_key.by_id.permissions }
output "keys" { value = data.pangolin_api_keys.one.api_keys[*].name }
output "aged" { value = length(data.pangolin_api_keys.aged.api_keys) }
`,
    server.env,
  );
  await terraform.apply();
  expect(await terraform.outputs()).toEqual({ org: orgId, listed: true, key: ["getOrg", "listSites"], keys: ["old"], aged: 0 });
  expect((await terraform.plan()).changes).toBe(false);
});

test.each([
  ["an organization that is not there", () => 'data "pangolin_org" "x" { org_id = "no-such" }', "Organization not found"],
  [
    "a key by a name that no key bears",
    () => `data "pangolin_api_key" "x" {\n org_id = "${orgId}"\n name = "none"\n}`,
    "API key not found",
  ],
  ["a key by a name that two bear", () => `data "pangolin_api_key" "x" {\n org_id = "${orgId}"\n name = "twin"\n}`, "Several API keys"],
  ["a key by nothing", () => `data "pangolin_api_key" "x" { org_id = "${orgId}" }`, "Missing key_id"],
  ["a key by both", () => `data "pangolin_api_key" "x" {\n org_id = "${orgId}"\n name = "twin"\n key_id = "x"\n}`, "Two ways"],
  ["keys of an organization that is not there", () => 'data "pangolin_api_keys" "x" { org_ids = ["no-such"] }', "Organization not found"],
  ["an age that is none", () => 'data "pangolin_api_keys" "x" { older_than = "soon" }', "is not a duration"],
])("looking up %s is an error", async (_, source, message) => {
  orgId = await createOrg(server.env);
  for (let count = 0; count < 2; count++) await api(server.env, "PUT", `/org/${orgId}/api-key`, { name: "twin" });
  const terraform = await workspace(source(), server.env);
  expect(await terraform.failingPlan()).toContain(message);
});
