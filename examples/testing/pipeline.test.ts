import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { App, LocalBackend, TerraformStack } from "cdktf";
import { Organization, PangolinProvider } from "pangolin-iac";
import { type Sandbox, startSandbox } from "pangolin-iac/testing";

const folder = mkdtempSync(join(tmpdir(), "pipeline-test-"));
let sandbox: Sandbox;

before(async () => {
  sandbox = await startSandbox();
});
after(async () => {
  await sandbox.close();
  rmSync(folder, { recursive: true });
});

test("the pipeline's key can read sites and nothing else", async () => {
  const app = new App({ outdir: join(folder, "cdktf.out") });
  const stack = new TerraformStack(app, "pipeline");
  new LocalBackend(stack, { path: join(folder, "pipeline.tfstate") });
  new PangolinProvider(stack, "pangolin");
  const organization = new Organization(stack, "acme", { orgId: "acme", subnet: "100.90.128.0/24", utilitySubnet: "100.96.128.0/24" });
  organization.addApiKey("ci").grants.permissions("listSites");
  app.synth();

  const terraform = (...args: string[]) =>
    execFileSync(process.env.TERRAFORM_BINARY_NAME ?? "terraform", args, {
      cwd: join(folder, "cdktf.out", "stacks", "pipeline"),
      env: { ...process.env, PANGOLIN_ENDPOINT: sandbox.endpoint, PANGOLIN_API_KEY: sandbox.apiKey },
    });
  terraform("init");
  terraform("apply", "-auto-approve");

  const { apiKeys } = await get<{ apiKeys: { apiKeyId: string }[] }>("/org/acme/api-keys");
  const { actions } = await get<{ actions: { actionId: string }[] }>(`/org/acme/api-key/${apiKeys[0]?.apiKeyId}/actions`);
  assert.deepEqual(
    actions.map(({ actionId }) => actionId),
    ["listSites"],
  );
});

/** The answer's data, as the root key of the sandbox sees it. */
async function get<T>(path: string): Promise<T> {
  const answer = await fetch(`${sandbox.endpoint}${path}`, { headers: { Authorization: `Bearer ${sandbox.apiKey}` } });
  const { data } = (await answer.json()) as { data: T };
  return data;
}
