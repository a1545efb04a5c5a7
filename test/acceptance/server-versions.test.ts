import { SERVER_VERSIONS } from "../../src/sandbox/index.js";
import { api } from "../support/organization.js";
import { useSandbox } from "../support/server.js";
import { workspace } from "../support/terraform.js";

/** What servers of other versions do not tell or take; the whole suite runs with PANGOLIN_ENDPOINT against real ones. */
const words = (text: string) => text.replace(/\s*\n[│\s]*/g, " ");
const org = (more = "") =>
  `resource "pangolin_org" "acme" {\n  org_id = "acme"\n  subnet = "100.90.0.0/24"\n  utility_subnet = "100.96.128.0/24"\n  ${more}\n}\n`;
const key = (permission: string) =>
  `resource "pangolin_api_key" "ci" {\n  org_id = pangolin_org.acme.id\n  name = "ci"\n  permissions = ["getOrg", "${permission}"]\n}\n`;

describe.each(SERVER_VERSIONS)("%s", (version) => {
  const server = useSandbox({ version });
  const onServer = async () => ((await api(server.env, "GET", "/org/acme")) as { org: object }).org;

  test("an organization and a key are made, and what the server does not tell is null", async () => {
    const terraform = await workspace(org("expose_ssh_ca = true") + key("listSites"), server.env);
    await terraform.apply();
    expect((await terraform.plan()).changes).toBe(false);
    const told = await onServer();
    const { settings_log_retention_days_ai_sessions: sessions, ssh_ca_public_key: ca } = await terraform.attributes("pangolin_org.acme");
    expect(sessions).toBe("settingsLogRetentionDaysAISessions" in told ? 7 : null);
    expect(ca).toBe("sshCaPublicKey" in told ? told.sshCaPublicKey : null);
    await terraform.run(["state", "rm", "pangolin_org.acme"]);
    await terraform.write(`resource "pangolin_org" "acme" {\n  org_id = "acme"\n  on_conflict = "adopt"\n}\n${key("listSites")}`);
    const { json } = await terraform.plan();
    expect(json.resource_changes?.find(({ address }) => address === "pangolin_api_key.ci")?.change.actions).toEqual(["no-op"]);
    await terraform.apply();
    expect((await terraform.plan()).changes).toBe(false);
  });

  test("a permission that the server does not know is told by its name, and leaves no key", async () => {
    const terraform = await workspace(key("createAiProvider").replace("pangolin_org.acme.id", '"acme"'), server.env);
    const { exitCode, text } = await terraform.apply([], { expect: "any" });
    const { apiKeys } = (await api(server.env, "GET", "/org/acme/api-keys")) as { apiKeys: { name: string }[] };
    if (exitCode === 0) {
      expect(version).toBe(SERVER_VERSIONS.at(-1));
      return terraform.destroy().then(() => undefined);
    }
    expect(words(text)).toMatch(/does not know the permission "?createAiProvider/);
    expect(apiKeys).toHaveLength(1);
  });

  test("a setting that the server does not have is an error at plan", async () => {
    const terraform = await workspace(org("settings_log_retention_days_ai_sessions = 3").replaceAll('"acme"', '"other"'), server.env);
    const has = "settingsLogRetentionDaysAISessions" in (await onServer());
    const { text } = await terraform.plan([], { expect: has ? 2 : 1 });
    if (!has) expect(words(text)).toContain("settings_log_retention_days_ai_sessions is not a setting of this server");
  });

  test("an organization goes where the server deletes it, and otherwise the error says how to go on", async () => {
    const terraform = await workspace(org('deletion_policy = "delete"\n  on_conflict = "adopt"'), server.env);
    await terraform.apply();
    const { exitCode, text } = await terraform.destroy([], { expect: "any" });
    if (exitCode === 0) await expect(onServer()).rejects.toThrow("404");
    else expect(words(text)).toContain('set deletion_policy = "abandon"');
    expect(exitCode === 0).toBe(version === "1.14.0");
  });
});

describe("a fresh server without an organization", () => {
  describe.each(SERVER_VERSIONS)("%s", (version) => {
    const server = useSandbox({ version });

    test("what it cannot take is an error at plan, or a warning where it tells nothing before", async () => {
      const terraform = await workspace(org("settings_log_retention_days_ai_sessions = 3\n  require_two_factor = true"), server.env);
      const { exitCode, text } = await terraform.apply([], { expect: "any" });
      if (version === "1.14.0") {
        expect(exitCode).toBe(0);
        expect(words(text)).toContain("settings_log_retention_days_ai_sessions is not a setting of this server");
        expect(await api(server.env, "GET", "/org/acme")).toMatchObject({ org: { requireTwoFactor: true } });
        expect(words(await terraform.failingPlan())).toContain("settings_log_retention_days_ai_sessions is not a setting of this server");
        return;
      }
      expect(exitCode).toBe(1);
      expect(words(text)).toContain("require_two_factor needs another edition");
      if (version !== "1.22.0") expect(words(text)).toContain("settings_log_retention_days_ai_sessions is not a setting of this server");
      expect(await api(server.env, "GET", "/orgs")).toMatchObject({ orgs: [] });
    });
  });
});
