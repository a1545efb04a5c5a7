import { execFile, spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import * as z from "zod";
import { root } from "../build/paths.js";

const run = promisify(execFile);

/** Folder of everything that packaging downloads or caches. */
const folder = join(root, ".package");

/** Each has its own lock file. Only with --force does npm install the runtimes of other platforms. */
const TOOLS = { runtimes: ["--force"], compiler: [] } as const;
type Tool = keyof typeof TOOLS;

/** Installs Bun for every platform and the C compiler, unless they are installed. */
export async function installTools(): Promise<void> {
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Error("Releases are packed on Linux (x64, glibc): the compiler is locked for that platform only. It packs for all of them.");
  for (const tool of Object.keys(TOOLS) as Tool[]) await install(tool);
}

async function install(tool: Tool): Promise<void> {
  const own = join(folder, tool);
  const lock = join(__dirname, "tools", tool, "package-lock.json");
  const installed = join(own, "node_modules", ".installed-lock.json");
  if (existsSync(installed) && (await readFile(installed)).equals(await readFile(lock))) return;
  console.error(`installing ${tool} into ${own}`);
  await mkdir(own, { recursive: true });
  await Promise.all(["package.json", "package-lock.json"].map((name) => copyFile(join(dirname(lock), name), join(own, name))));
  const args = ["ci", ...TOOLS[tool], "--ignore-scripts", "--no-audit", "--no-fund", "--cache", join(folder, "npm-cache")];
  const { status } = spawnSync("npm", args, { cwd: own, stdio: ["ignore", 2, 2] });
  if (status !== 0) throw new Error(`The ${tool} could not be installed.`);
  // Last: its presence means that the installation is complete.
  await copyFile(lock, installed);
}

const modules = (tool: Tool, ...names: string[]) => join(folder, tool, "node_modules", ...names);

export const runtime = (name: string): string =>
  modules("runtimes", "@oven", `bun-${name}`, "bin", name.startsWith("windows") ? "bun.exe" : "bun");

const MANIFEST = z.object({ version: z.string() });
export async function runtimeVersion(name: string): Promise<string> {
  return MANIFEST.parse(JSON.parse(await readFile(modules("runtimes", "@oven", `bun-${name}`, "package.json"), "utf8"))).version;
}

/** Runs the Bun of this machine's platform. */
export async function bun(args: readonly string[], cwd: string): Promise<void> {
  const env = { PATH: process.env.PATH, HOME: folder, BUN_INSTALL_CACHE_DIR: join(folder, "bun-cache"), DO_NOT_TRACK: "1" };
  await run(runtime("linux-x64"), [...args], { cwd, env });
}

/** Runs the C compiler, a cross compiler for every platform. */
export async function compileC(args: readonly string[]): Promise<void> {
  const env = {
    PATH: process.env.PATH,
    ZIG_GLOBAL_CACHE_DIR: join(folder, "zig-cache"),
    ZIG_LOCAL_CACHE_DIR: join(folder, "zig-cache"),
    ZIG_LIB_DIR: modules("compiler", "@zigc", "lib"),
  };
  const executable = modules(
    "compiler",
    "@zigc",
    `${process.platform}-${process.arch}`,
    "bin",
    process.platform === "win32" ? "zig.exe" : "zig",
  );
  await run(executable, ["cc", ...args], { env });
}
