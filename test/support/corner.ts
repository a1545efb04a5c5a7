import { execFile } from "node:child_process";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { terraformPlatform } from "../../src/commands/provider-install/platform.js";
import { requireTerraform } from "../../src/commands/terraform.js";
import { oncePerRun, temporaryDirectory } from "./run-directory.js";
import { Workspace, type WorkspaceFiles } from "./terraform.js";

const root = resolve(__dirname, "..", "..");
const VERSION = "0.1.0";
const HOSTS = ["registry.terraform.io", "registry.opentofu.org"];

/** The bridge's own test provider as an executable, built once per run. */
export const cornerExecutable = (): Promise<string> =>
  oncePerRun("corner", async (out) => {
    await promisify(execFile)(process.execPath, ["--import", "tsx", "scripts/build.ts", "--out", out, "corner"], { cwd: root });
  }).then((out) => join(out, "corner", "terraform-provider-framework"));

const cornerConfig = (): Promise<string> =>
  oncePerRun("corner-install", async (directory) => {
    const executable = await cornerExecutable();
    const mirror = join(directory, "mirror");
    for (const host of HOSTS) {
      const folder = join(mirror, host, "hashicorp", "framework", VERSION, terraformPlatform());
      await mkdir(folder, { recursive: true });
      await copyFile(executable, join(folder, `terraform-provider-framework_v${VERSION}`));
    }
    await writeFile(
      join(directory, "terraform.rc"),
      `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
    );
  }).then((directory) => join(directory, "terraform.rc"));

/** A configuration of the test provider, initialised. What the provider keeps is in the workspace's own file. */
export async function cornerWorkspace(files: WorkspaceFiles, env: Readonly<Record<string, string>> = {}): Promise<Workspace> {
  const directory = await temporaryDirectory("corner");
  const made = new Workspace(await requireTerraform(process.env), directory, await cornerConfig(), {
    CORNER_USERS_FILE: join(directory, "users.json"),
    ...env,
  });
  await made.write(files);
  await made.init();
  return made;
}

/** The same without `init`, for a provider that runs already. */
export async function attachedWorkspace(files: WorkspaceFiles, env: Readonly<Record<string, string>>): Promise<Workspace> {
  const made = new Workspace(await requireTerraform(process.env), await temporaryDirectory("attached"), await cornerConfig(), env);
  await made.write(files);
  return made;
}
