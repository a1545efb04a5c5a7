import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFile, cp, mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { terraformPlatform } from "../../src/commands/provider-install/platform.js";
import { requireTerraform } from "../../src/commands/terraform.js";
import { oncePerRun, temporaryDirectory } from "./run-directory.js";
import { Workspace, type WorkspaceFiles } from "./terraform.js";

const root = resolve(__dirname, "..", "..");
const VERSION = "0.1.0";
const REQUIRED_PROVIDER = 'terraform {\n  required_providers {\n    framework = {\n      source = "hashicorp/framework"\n    }\n  }\n}\n';
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

const initialisedDirectory = (): Promise<string> =>
  oncePerRun("corner-initialised", async (directory) => {
    const made = await workspaceIn(directory, {});
    await made.write({ "required-providers.tf": REQUIRED_PROVIDER });
    await made.init();
  });

const workspaceIn = async (directory: string, env: Readonly<Record<string, string>>): Promise<Workspace> =>
  new Workspace(await requireTerraform(process.env), directory, await cornerConfig(), env);

/** A configuration of the test provider, initialised. What the provider keeps is in the workspace's own file. */
export async function cornerWorkspace(files: WorkspaceFiles, env: Readonly<Record<string, string>> = {}): Promise<Workspace> {
  const directory = await temporaryDirectory("corner");
  await cp(await initialisedDirectory(), directory, { recursive: true, verbatimSymlinks: true });
  const made = await workspaceIn(directory, { CORNER_USERS_FILE: join(directory, "users.json"), ...env });
  await made.write(files);
  return made;
}

/** The test provider, running by itself as for a debugger. */
export interface RunningCorner {
  readonly pid: number | undefined;
  /** What it says about itself, by its address. */
  readonly reattach: Readonly<Record<string, object>>;
  /** A configuration of it. `init` would look for nothing. */
  workspace(files: WorkspaceFiles): Promise<Workspace>;
  /** Ends it, and gives its exit code and the signal that it died of. */
  end(): Promise<[number | null, NodeJS.Signals | null]>;
}

export async function runCorner(env: Readonly<Record<string, string>> = {}): Promise<RunningCorner> {
  const directory = await temporaryDirectory("corner-running");
  const child = spawn(process.execPath, [await cornerExecutable(), "--debug"], {
    env: { PATH: process.env.PATH, CORNER_USERS_FILE: join(directory, "users.json"), CORNER_ENDS_WITH_STDIN: "1", ...env },
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  const reattach = JSON.parse(/^TF_REATTACH_PROVIDERS='(.*)'$/m.exec(line.toString())?.[1] ?? "") as Record<string, object>;
  const [address = "", own = {}] = Object.entries(reattach)[0] ?? [];
  const everywhere = Object.fromEntries(HOSTS.map((host) => [address.replace(HOSTS[0] as string, host), own]));
  return {
    pid: child.pid,
    reattach,
    workspace: async (files) => {
      const made = await workspaceIn(await temporaryDirectory("corner"), { TF_REATTACH_PROVIDERS: JSON.stringify(everywhere) });
      await made.write({ "required-providers.tf": REQUIRED_PROVIDER });
      await made.write(files);
      return made;
    },
    end: () => {
      child.stdin.end();
      return ended;
    },
  };
}

/**
 * One running test provider for all tests of a file, and a way to make configurations of it.
 * Most of what a command of the engine costs is to launch its providers.
 */
export function sharedCorner(env: Readonly<Record<string, string>> = {}): (files: WorkspaceFiles) => Promise<Workspace> {
  let running: RunningCorner | undefined;
  beforeAll(async () => {
    running = await runCorner(env);
  });
  afterAll(() => running?.end());
  return (files) => {
    if (!running) throw new Error("A configuration of the shared provider is made in a test.");
    return running.workspace(files);
  };
}
