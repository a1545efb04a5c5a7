import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cp, readFile, symlink, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { CDKTF } from "../../scripts/cdktf-cli.js";
import { api, createOrg } from "../support/organization.js";
import { temporaryDirectory } from "../support/run-directory.js";
import { useServer } from "../support/server.js";
import { type Workspace, workspaceIn } from "../support/terraform.js";

const root = resolve(__dirname, "..", "..");
const server = useServer();

/** A project of a user: the example, and what it needs. */
async function project(): Promise<string> {
  const folder = await temporaryDirectory("project");
  await cp(join(root, "examples", "cdktf", "first-key"), folder, { recursive: true });
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  // The organization of the test has other networks, which cannot be changed.
  await edit(folder, (text) => text.replace('"100.90.128.0/24"', '"100.90.0.0/24"'));
  return folder;
}

async function edit(folder: string, change: (text: string) => string): Promise<void> {
  const file = join(folder, "main.ts");
  const before = await readFile(file, "utf8");
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(file, after);
}

const synth = (folder: string, orgId: string) =>
  promisify(execFile)("npx", [...CDKTF, "synth"], {
    cwd: folder,
    env: { ...process.env, CI: "1", CHECKPOINT_DISABLE: "1", CDKTF_HOME: join(folder, ".home"), PANGOLIN_ORG_ID: orgId },
  });

/** Terraform in the folder of a stack, as `cdktf deploy` runs it. */
async function stackIn(folder: string, name: string): Promise<Workspace> {
  const terraform = await workspaceIn(join(folder, "cdktf.out", "stacks", name), server.env);
  await terraform.init();
  return terraform;
}

test("the stack of the CDKTF example is applied, adopts its organization, and keeps its state over cdktf synth and another name", async () => {
  const orgId = await createOrg(server.env);
  const folder = await project();
  await synth(folder, orgId);
  const terraform = await stackIn(folder, "first-key");
  await terraform.apply();
  expect(Object.values(await terraform.outputs())).toEqual([expect.stringMatching(/^\w+\.\w+$/)]);
  expect((await terraform.plan()).changes).toBe(false);
  await synth(folder, orgId);
  expect((await (await stackIn(folder, "first-key")).plan()).changes).toBe(false);
  await edit(folder, (text) => text.replace('(app, "first-key")', '(app, "renamed")'));
  await synth(folder, orgId);
  expect(existsSync(join(folder, "cdktf.out", "stacks", "first-key", "cdk.tf.json"))).toBe(false);
  const renamed = await stackIn(folder, "renamed");
  expect((await renamed.plan()).changes).toBe(false);
  await renamed.destroy();
  expect(await api(server.env, "GET", `/org/${orgId}/api-keys`)).toMatchObject({ apiKeys: [] });
});
