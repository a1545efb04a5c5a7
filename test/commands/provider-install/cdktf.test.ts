import { execFile } from "node:child_process";
import { chmod, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { promisify } from "node:util";
import { terraformPlatform } from "../../../src/commands/provider-install/platform.js";
import { requireTerraform } from "../../../src/commands/terraform.js";
import { createOrg } from "../../support/organization.js";
import { providerPackage } from "../../support/provider-mirror.js";
import { temporaryDirectory } from "../../support/run-directory.js";
import { useSandbox } from "../../support/server.js";
import { command } from "../command.js";

const root = resolve(__dirname, "..", "..", "..");
const server = useSandbox();

/** A stack with a resource of ours and one of another provider. */
const app = (orgId: string, notes: string) => `const { App, LocalBackend, TerraformStack } = require("cdktf");
const app = new App();
const stack = new TerraformStack(app, "two");
new LocalBackend(stack, { path: ${JSON.stringify(join(notes, "state.json"))} });
stack.addOverride("terraform.required_providers", {
  pangolin: { source: "pangolin-iac/pangolin", version: ">= 0.1.0" },
  notes: { source: "example/notes", version: "0.1.0" },
});
stack.addOverride("provider", { notes: [{ folder: ${JSON.stringify(notes)} }] });
stack.addOverride("resource", {
  pangolin_api_key: { ci: { org_id: ${JSON.stringify(orgId)}, name: "ci" } },
  notes_note: { key: { name: "key", text: "\${pangolin_api_key.ci.key_id}" } },
});
app.synth();
`;

/** The provider of the bridge's example, in a mirror of its own: it stands for a registry. */
async function otherMirror(folder: string): Promise<string> {
  const mirror = join(folder, "other-mirror");
  for (const host of ["registry.terraform.io", "registry.opentofu.org"]) {
    const target = join(mirror, host, "example", "notes", "0.1.0", terraformPlatform());
    await mkdir(target, { recursive: true });
    const executable = join(target, "terraform-provider-notes_v0.1.0");
    const banner = "--banner:js=#!/usr/bin/env node";
    await promisify(execFile)(
      "npx",
      ["esbuild", "examples/bridge/main.ts", "--bundle", "--platform=node", banner, `--outfile=${executable}`],
      {
        cwd: root,
      },
    );
    await chmod(executable, 0o755);
  }
  return mirror;
}

/** An engine that notes how it is called, under the name that cdktf starts. */
async function notedTerraform(folder: string, calls: string): Promise<string> {
  const bin = join(folder, "bin");
  await mkdir(bin);
  const { binary } = await requireTerraform(process.env);
  const { stdout } = await promisify(execFile)("sh", ["-c", `command -v ${binary}`]);
  await writeFile(join(bin, "terraform"), `#!/bin/sh\necho "$@" >> '${calls}'\nexec '${stdout.trim()}' "$@"\n`, { mode: 0o755 });
  return bin;
}

test("cdktf deploys a stack of this provider and another, beside the user's own provider_installation", async () => {
  const folder = await temporaryDirectory("two-providers");
  const home = join(folder, "home");
  await mkdir(home);
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  const orgId = await createOrg(server.env);
  await writeFile(join(folder, "main.js"), app(orgId, folder));
  await writeFile(
    join(folder, "cdktf.json"),
    JSON.stringify({ language: "typescript", app: "node main.js", projectId: "two", sendCrashReports: "false" }),
  );
  const mirror = await otherMirror(folder);
  const own = (more: string) =>
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n    include = ["example/*"]\n  }\n${more}}\n`;
  await writeFile(join(home, ".terraformrc"), own(""));
  const install = async () =>
    command(["provider", "install", "--print-env"], { directory: folder, home, providerPackage: await providerPackage(), env: {} });
  const refused = await install();
  expect(refused.exitCode).toBe(1);
  await writeFile(join(home, ".terraformrc"), own(/filesystem_mirror \{[\s\S]*?\n\}\n/.exec(refused.stderr)?.[0] ?? ""));
  const { stdout: lines } = await install();
  const calls = join(folder, "calls");
  const bin = await notedTerraform(folder, calls);
  const cdktf = async (...args: string[]) =>
    (
      await promisify(execFile)("bash", ["-ec", 'eval "$1"; shift; exec npx cdktf "$@"', "bash", lines, ...args], {
        cwd: folder,
        env: { PATH: `${bin}${delimiter}${process.env.PATH}`, HOME: home, CI: "1", ...server.env },
      })
    ).stdout;
  expect(await cdktf("deploy", "two", "--auto-approve")).toContain("2 added");
  expect(JSON.parse(await readFile(join(folder, "key.json"), "utf8"))).toMatchObject({ name: "key", text: expect.stringMatching(/^\w+$/) });
  const lockFile = await readFile(join(folder, "cdktf.out", "stacks", "two", ".terraform.lock.hcl"), "utf8");
  expect(lockFile.match(/^provider ".*"/gm)).toEqual([
    expect.stringContaining("/example/notes"),
    expect.stringContaining("/pangolin-iac/pangolin"),
  ]);
  // On a Mac it would ask for linux_amd64, and everywhere it looks into no mirror.
  expect(await readFile(calls, "utf8")).not.toContain("providers lock");
  expect(await cdktf("destroy", "two", "--auto-approve")).toContain("2 destroyed");
});
