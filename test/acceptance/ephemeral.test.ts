import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { testSince } from "../support/engine.js";
import { api, createOrg } from "../support/organization.js";
import { useServer } from "../support/server.js";
import { workspace } from "../support/terraform.js";

const since = testSince({ terraform: "1.10", tofu: "1.11" });
const server = useServer();
let orgId: string;
beforeEach(async () => {
  server.setFaults({});
  orgId = await createOrg(server.env);
});

/** A provider that is configured with a key for this run only, and reads with it: in the apply that makes `first`, in the plan later. */
const forOneRun = (more = "", permissions = '["getOrg"]') => `
ephemeral "pangolin_api_key" "run" {
  org_id      = "${orgId}"
  name        = "one run"
  permissions = ${permissions}
}
provider "pangolin" {
  alias   = "own"
  api_key = ephemeral.pangolin_api_key.run.token
}
resource "terraform_data" "first" {}
data "pangolin_org" "own" {
  provider   = pangolin.own
  org_id     = "${orgId}"
  depends_on = [terraform_data.first]
}
output "name" {
  value = data.pangolin_org.own.name
}
${more}
`;
const keys = async () =>
  ((await api(server.env, "GET", `/org/${orgId}/api-keys`)) as { apiKeys: { apiKeyId: string }[] }).apiKeys.map(({ apiKeyId }) => apiKeyId);
const minted = () => server.requests.filter(({ method, path }) => method === "PUT" && path.endsWith(`/org/${orgId}/api-key`)).length;

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return entry.name === ".terraform" ? [] : filesIn(path);
    return statSync(path).isFile() ? [path] : [];
  });

since("a key for one run is used and revoked, and nothing of it is stored", async () => {
  const terraform = await workspace(forOneRun(), server.env);
  const plan = await terraform.plan();
  expect(minted()).toBe(1);
  expect(await keys()).toEqual([]);
  await terraform.apply([plan.file]);
  expect((await terraform.outputs()).name).toBe(orgId);
  expect(minted()).toBe(2);
  expect(await keys()).toEqual([]);
  for (const file of filesIn(terraform.directory)) expect(readFileSync(file, "latin1")).not.toMatch(/"token": ?"[a-z0-9]+\./);
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.destroy();
  expect(await keys()).toEqual([]);
});

since("a consumer that fails leaves no key: it is revoked at the shutdown", async () => {
  const terraform = await workspace(forOneRun("", '["listSites"]'), server.env);
  const { text } = await terraform.apply([], { expect: 1 });
  expect(text).toContain("Permission missing");
  expect(minted()).toBeGreaterThanOrEqual(1);
  expect(await keys()).toEqual([]);
});

since("an organization that does not exist is an error before anything is minted", async () => {
  const terraform = await workspace(forOneRun().replaceAll(orgId, "no-such"), server.env);
  expect(await terraform.failingPlan()).toContain("Organization not found");
});

since("a permission that there is not is an error before anything is minted", async () => {
  const terraform = await workspace(forOneRun("", '["flyAway"]'), server.env);
  expect(await terraform.failingPlan()).toContain('There is no permission "flyAway"');
  expect(minted()).toBe(0);
});

since("a key whose permissions cannot be set is deleted again", async () => {
  const terraform = await workspace(forOneRun(), server.env);
  server.setFaults({ decide: ({ method, path }) => (method === "POST" && /actions$/.test(path) ? "error-before" : undefined) });
  await terraform.apply([], { expect: 1 });
  expect(minted()).toBe(1);
  expect(await keys()).toEqual([]);
});
