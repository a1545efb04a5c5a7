import { readFileSync } from "node:fs";
import { join } from "node:path";
import { testSince } from "../support/engine.js";
import { api, createOrg } from "../support/organization.js";
import { useServer } from "../support/server.js";
import { workspace } from "../support/terraform.js";

const since = testSince({ terraform: "1.14" });
const server = useServer();
let orgId: string;
beforeEach(async () => {
  orgId = await createOrg(server.env);
});

const mint = async (name: string, actions: readonly string[]) => {
  const { apiKeyId } = (await api(server.env, "PUT", `/org/${orgId}/api-key`, { name })) as { apiKeyId: string };
  await api(server.env, "POST", `/org/${orgId}/api-key/${apiKeyId}/actions`, { actionIds: actions });
  return apiKeyId;
};
const example = readFileSync(join(__dirname, "../../examples/list-resources/pangolin_api_key/keys.tfquery.hcl"), "utf8");
const query = (type: string, more: string) => example.replace("pangolin_api_key", type).replace(/config \{[^}]*\}/, more);
const found = (stdout: string) =>
  stdout
    .split("\n")
    .filter(Boolean)
    .flatMap((line) => (JSON.parse(line) as { list_resource_found?: Record<string, unknown> }).list_resource_found ?? []);

since("keys made by hand are found, written down and imported, and the next plan is empty", async () => {
  const keyId = await mint("by hand", ["getOrg", "listSites"]);
  await mint("another", ["getOrg"]);
  const terraform = await workspace({ "main.tf": "", "keys.tfquery.hcl": example.replace("acme", orgId) }, server.env);
  const keys = found((await terraform.run(["query", "-json"])).stdout);
  expect(keys).toHaveLength(2);
  expect(keys).toContainEqual(
    expect.objectContaining({
      display_name: `by hand (${orgId})`,
      identity: { org_id: orgId, key_id: keyId },
      resource_object: expect.objectContaining({ name: "by hand", permissions: ["getOrg", "listSites"], token: null }),
    }),
  );

  await terraform.run(["query", "-generate-config-out=generated.tf"]);
  expect(readFileSync(join(terraform.directory, "generated.tf"), "utf8")).not.toContain("key_id      =");
  await terraform.apply();
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.destroy();
  expect(((await api(server.env, "GET", `/org/${orgId}/api-keys`)) as { apiKeys: unknown[] }).apiKeys).toEqual([]);
});

since("organizations are found, and a bad duration is refused at its path", async () => {
  const terraform = await workspace({ "main.tf": "", "all.tfquery.hcl": query("pangolin_org", "limit = 100000") }, server.env);
  expect(found((await terraform.run(["query", "-json"])).stdout)).toContainEqual(
    expect.objectContaining({
      identity: { org_id: orgId },
      resource_object: expect.objectContaining({ org_id: orgId, deletion_policy: "prevent" }),
    }),
  );
  await terraform.write({ "all.tfquery.hcl": query("pangolin_api_key", 'config {\n    older_than = "soon"\n  }') });
  expect((await terraform.run(["query"], { expect: 1 })).stderr).toMatch(/older_than[\s\S]*soon/);
});
