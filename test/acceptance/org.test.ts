import { randomBytes } from "node:crypto";
import { deletesOrganizations, organizationHas, testWhereOrganizationsAreDeleted } from "../support/capability.js";
import { testSince } from "../support/engine.js";
import { api, createOrg } from "../support/organization.js";
import { useServer } from "../support/server.js";
import { workspace } from "../support/terraform.js";
import { testWhere } from "../support/test-where.js";

const server = useServer();
let orgId: string;
beforeEach(() => {
  orgId = `test-${randomBytes(6).toString("hex")}`;
});

const NETWORKS = 'subnet = "100.90.0.0/24"\n  utility_subnet = "100.96.128.0/24"';
const org = (more = "", { id = orgId, name = "Acme", networks = NETWORKS } = {}) =>
  `resource "pangolin_org" "this" {\n  org_id = "${id}"\n  name = "${name}"\n  ${networks}\n  ${more}\n}\n`;
const words = (text: string) => text.replace(/\s*\n[│ ]*/g, " ");
/** Attributes and the API's names of the logs whose retention this server can set. */
const LOGS = Object.entries({
  settings_log_retention_days_request: "settingsLogRetentionDaysRequest",
  settings_log_retention_days_access: "settingsLogRetentionDaysAccess",
  settings_log_retention_days_action: "settingsLogRetentionDaysAction",
  settings_log_retention_days_connection: "settingsLogRetentionDaysConnection",
  settings_log_retention_days_ai_sessions: "settingsLogRetentionDaysAISessions",
});
const HAS = LOGS.filter(([, field]) => organizationHas(field));
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

  await terraform.write(org(HAS.map(([name]) => `${name} = 3`).join("\n  "), { name: "Acme & Söhne" }));
  expect((await terraform.plan()).json.resource_changes?.[0]?.change.actions).toEqual(["update"]);
  await terraform.apply();
  expect(await onServer()).toMatchObject({ name: "Acme & Söhne", ...Object.fromEntries(HAS.map(([, field]) => [field, 3])) });

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

testWhere(!deletesOrganizations, "this server deletes organizations")(
  "a deletion that the server cannot do says what is known and what to do",
  async () => {
    const terraform = await workspace(org('deletion_policy = "delete"'), server.env);
    await terraform.apply();
    const { text } = await terraform.destroy([], { expect: 1 });
    expect(text).toContain("Organization not deleted");
    expect((await terraform.state()).size).toBe(1);
  },
);

testWhere(deletesOrganizations, "this server deletes no organization by key")(
  "a deletion takes the organization and all in it along",
  async () => {
    const terraform = await workspace(
      `${org('deletion_policy = "delete"')}resource "pangolin_api_key" "ci" {\n  org_id = pangolin_org.this.id\n  name = "ci"\n}\n`,
      server.env,
    );
    await terraform.apply();
    await terraform.destroy();
    expect((await terraform.state()).size).toBe(0);
    await expect(onServer()).rejects.toThrow("404");
  },
);

testWhereOrganizationsAreDeleted("an organization that was deleted in the dashboard is created again", async () => {
  const terraform = await workspace(org(), server.env);
  await terraform.apply();
  await server.deleteOrg(orgId);
  await terraform.apply();
  expect(await onServer()).toMatchObject({ name: "Acme" });
  expect((await terraform.plan()).changes).toBe(false);
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

test("on_conflict adopts an organization, sets what differs, and says so before", async () => {
  orgId = await createOrg(server.env);
  const terraform = await workspace(org('on_conflict = "adopt"', { networks: "" }), server.env);
  const plan = await terraform.plan();
  expect(words(plan.text)).toContain(`adopting it sets name from "${orgId}" to "Acme"`);
  expect((await terraform.apply([plan.file])).text).toContain("Organization adopted");
  expect(await onServer()).toMatchObject({ name: "Acme" });
  expect((await terraform.plan()).changes).toBe(false);
});

test("adopting without a name keeps the name, and nothing of the server is changed", async () => {
  orgId = await createOrg(server.env);
  await api(server.env, "POST", `/org/${orgId}`, { name: "Theirs", settingsLogRetentionDaysRequest: 5 });
  const before = await onServer();
  const terraform = await workspace(`resource "pangolin_org" "this" {\n  org_id = "${orgId}"\n  on_conflict = "adopt"\n}\n`, server.env);
  const plan = await terraform.plan();
  expect(plan.text).not.toContain("Adopting changes");
  await terraform.apply([plan.file]);
  expect(await onServer()).toEqual(before);
  expect(await terraform.attributes("pangolin_org.this")).toMatchObject({ name: "Theirs", settings_log_retention_days_request: 5 });
  expect((await terraform.plan()).changes).toBe(false);
});

test("a new organization without a name is named by its id", async () => {
  const terraform = await workspace(`resource "pangolin_org" "this" {\n  org_id = "${orgId}"\n  ${NETWORKS}\n}\n`, server.env);
  await terraform.apply();
  expect(await onServer()).toMatchObject({ name: orgId });
  expect((await terraform.plan()).changes).toBe(false);
});

test("what refers to an adopted organization stays: its id is known at plan", async () => {
  orgId = await createOrg(server.env);
  const key = (of: string) => `resource "pangolin_api_key" "ci" {\n  org_id = ${of}\n  name = "ci"\n  permissions = ["getOrg"]\n}\n`;
  const terraform = await workspace(key(`"${orgId}"`), server.env);
  await terraform.apply();
  const { key_id: keyId } = await terraform.attributes("pangolin_api_key.ci");
  await terraform.write(key("pangolin_org.this.id") + org('on_conflict = "adopt"', { networks: "" }));
  const plan = await terraform.plan();
  expect(Object.fromEntries((plan.json.resource_changes ?? []).map(({ address, change }) => [address, change.actions]))).toEqual({
    "pangolin_api_key.ci": ["no-op"],
    "pangolin_org.this": ["create"],
  });
  await terraform.apply([plan.file]);
  expect(await terraform.attributes("pangolin_api_key.ci")).toMatchObject({ key_id: keyId });
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

const OF_OTHER_EDITIONS = [
  ["require_two_factor", "true", "requireTwoFactor"],
  ["max_session_length_hours", "24", "maxSessionLengthHours"],
  ["password_expiry_days", "30", "passwordExpiryDays"],
  ["settings_enable_global_newt_auto_update", "true", "settingsEnableGlobalNewtAutoUpdate"],
] as const;

testWhere(organizationHas("isBillingOrg"), "this server asks for no licence").each(
  OF_OTHER_EDITIONS.filter(([, , field]) => organizationHas(field)),
)("%s is an error on a community server before anything is written", async (name, value) => {
  const terraform = await workspace(org(`${name} = ${value}`), server.env);
  const text = await terraform.failingPlan();
  expect(text).toContain(`${name} needs another edition`);
  expect(text).toContain(`${name} = ${value}`);
  await expect(onServer()).rejects.toThrow("404");
});

testWhere(!organizationHas("isBillingOrg"), "this server asks for a licence")(
  "what needs no licence is set, and a second plan is empty",
  async () => {
    const settings = OF_OTHER_EDITIONS.filter(([, , field]) => organizationHas(field));
    const terraform = await workspace(org(settings.map(([name, value]) => `${name} = ${value}`).join("\n  ")), server.env);
    await terraform.apply();
    expect(await onServer()).toMatchObject(Object.fromEntries(settings.map(([, value, field]) => [field, JSON.parse(value)])));
    expect((await terraform.plan()).changes).toBe(false);
  },
);

/** Settings that this server does not have; jest wants one row at least. */
const LACKING = [...LOGS, ["settings_enable_global_newt_auto_update", "settingsEnableGlobalNewtAutoUpdate"] as const].filter(
  ([, field]) => !organizationHas(field),
);
testWhere(LACKING.length > 0, "this server has every setting").each(LACKING.length > 0 ? LACKING : [["every setting", ""] as const])(
  "%s is an error at plan where the server does not have it, of a new organization and of one that is there",
  async (name) => {
    await createOrg(server.env);
    const value = name.startsWith("settings_log") ? 3 : true;
    const terraform = await workspace(org(`${name} = ${value}`), server.env);
    expect(words(await terraform.failingPlan())).toContain(`${name} is not a setting of this server`);
    await expect(onServer()).rejects.toThrow("404");
    await terraform.write(org());
    await terraform.apply();
    expect((await terraform.attributes("pangolin_org.this"))[name]).toBeNull();
    expect((await terraform.plan()).changes).toBe(false);
    await terraform.write(org(`${name} = ${value}`));
    expect(words(await terraform.failingPlan())).toContain(`${name} is not a setting of this server`);
  },
);

testWhere(organizationHas("sshCaPublicKey"), "this server has no SSH authority")(
  "the SSH authority's keys are stored only where an attribute asks",
  async () => {
    const terraform = await workspace(org("expose_ssh_ca = true"), server.env);
    await terraform.apply();
    const shown = await terraform.attributes("pangolin_org.this");
    expect(shown.ssh_ca_public_key).toEqual((await onServer()).sshCaPublicKey);
    expect(shown.ssh_ca_private_key).toEqual((await onServer()).sshCaPrivateKey);
    expect((await terraform.plan()).changes).toBe(false);
    await terraform.write(org());
    await terraform.apply();
    expect(await terraform.attributes("pangolin_org.this")).toMatchObject({ ssh_ca_public_key: null, ssh_ca_private_key: null });
  },
);

test("asking for the SSH authority's keys ends in an empty plan, whether there are any or not", async () => {
  orgId = await createOrg(server.env);
  const terraform = await workspace(org("expose_ssh_ca = true", { name: orgId }), server.env);
  await terraform.import("pangolin_org.this", orgId);
  await terraform.apply();
  expect(await terraform.attributes("pangolin_org.this")).toMatchObject({
    ssh_ca_public_key: (await onServer()).sshCaPublicKey ?? null,
  });
  expect((await terraform.plan()).changes).toBe(false);
});

test.each([
  ["an id with capitals", { id: "Acme" }, "lower-case letters"],
  ["an id that changes a path", { id: ".." }, "changes the path"],
  ["an id that is too long", { id: "a".repeat(33) }, "at most 32"],
  ["an empty name", { name: "" }, "at least one character"],
  ["a network that is none", { networks: 'subnet = "100.90.0.0"\n utility_subnet = "100.96.128.0/24"' }, "IPv4 network"],
  ["networks that overlap", { networks: 'subnet = "100.90.0.0/16"\n utility_subnet = "100.90.128.0/24"' }, "overlap"],
  ["no networks", { networks: "" }, "Missing subnet"],
])("%s is an error at plan", async (_, options, message) => {
  const terraform = await workspace(org("", options), server.env);
  expect((await terraform.failingPlan()).replace(/\s*\n[│ ]*/g, " ")).toContain(message);
});

test.each([
  ['deletion_policy = "never"', "deletion_policy"],
  ['on_conflict = "merge"', "on_conflict"],
  ["settings_log_retention_days_request = -2", "minimum is -1"],
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
  [
    "a key by both",
    () => `data "pangolin_api_key" "x" {\n org_id = "${orgId}"\n name = "twin"\n key_id = "x"\n}`,
    "Conflicting key_id and name",
  ],
  ["keys of an organization that is not there", () => 'data "pangolin_api_keys" "x" { org_ids = ["no-such"] }', "Organization not found"],
  ["an age that is none", () => 'data "pangolin_api_keys" "x" { older_than = "soon" }', "is not a duration"],
])("looking up %s is an error", async (_, source, message) => {
  orgId = await createOrg(server.env);
  for (let count = 0; count < 2; count++) await api(server.env, "PUT", `/org/${orgId}/api-key`, { name: "twin" });
  const terraform = await workspace(source(), server.env);
  expect(await terraform.failingPlan()).toContain(message);
});
