import { execFile } from "node:child_process";
import { readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { parse } from "yaml";
import { api, createOrg } from "../support/organization.js";
import { temporaryDirectory } from "../support/run-directory.js";
import { useSandbox } from "../support/server.js";

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly name?: string; readonly run?: string }[] }>>;
}

const root = resolve(__dirname, "..", "..");
const workflow = parse(readFileSync(join(root, "examples", "gitops", "github-actions", "terraform.yml"), "utf8")) as Workflow;
const DAY = 86_400_000;
let now = Date.parse("2031-01-01T00:00:00.000Z");
const server = useSandbox({ now: () => new Date(now) });

test("the steps of the workflow plan, apply and rotate, and refuse to rotate where anything else changes", async () => {
  const orgId = await createOrg(server.env);
  const folder = await temporaryDirectory("github-actions");
  // What `npm ci` would put there.
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "package.json"), "{}");
  const configuration = (name: string) =>
    `terraform {\n  required_providers {\n    pangolin = {\n      source = "pangolin-iac/pangolin"\n    }\n  }\n}\nresource "pangolin_api_key" "ci" {\n  org_id = "${orgId}"\n  name = "${name}"\n  permissions = ["getOrg"]\n  rotate_after = "30d"\n}\n`;
  writeFileSync(join(folder, "main.tf"), configuration("ci"));
  const env = { PATH: process.env.PATH, HOME: folder, TERRAFORM_BINARY_NAME: process.env.TERRAFORM_BINARY_NAME, ...server.env };
  const job = async (name: string): Promise<string> => {
    let out = "";
    for (const { run } of workflow.jobs[name]?.steps ?? []) {
      if (run === undefined || run === "npm ci") continue;
      // As the runner does: the shell ends at the first command that fails.
      const { stdout, stderr } = await promisify(execFile)("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", run], {
        cwd: folder,
        env,
      });
      out += stdout + stderr;
    }
    return out;
  };
  const keys = async () => ((await api(server.env, "GET", `/org/${orgId}/api-keys`)) as { apiKeys: unknown[] }).apiKeys;

  expect(await job("plan")).toContain("1 to add");
  expect(await keys()).toHaveLength(0);
  await job("apply");
  expect(await keys()).toHaveLength(1);
  expect(await job("plan")).toContain("No changes");
  expect(await job("rotate")).toContain("Nothing changes.");
  now += 31 * DAY;
  expect(await job("rotate")).toContain("1 changed");
  expect(await keys()).toHaveLength(2);
  now += 4 * DAY;
  await job("rotate");
  expect(await keys()).toHaveLength(1);
  writeFileSync(join(folder, "main.tf"), configuration("renamed"));
  await expect(job("rotate")).rejects.toMatchObject({ code: 3 });
  expect(await keys()).toHaveLength(1);
});
