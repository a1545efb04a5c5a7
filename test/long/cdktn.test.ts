import { execFile, spawnSync } from "node:child_process";
import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { version } from "../../src/version.js";
import { oncePerRun, temporaryDirectory } from "../support/run-directory.js";
import { useSandbox } from "../support/server.js";

const root = resolve(__dirname, "..", "..");
const server = useSandbox();

/** `cdktn-cli` needs Node.js 22.19. */
const isEnough = (version: string) => {
  const [major = 0, minor = 0] = version.replace(/^v/, "").split(".").map(Number);
  return major > 22 || (major === 22 && minor >= 19);
};

/** A Node.js for `cdktn-cli`: this one, or npm's package of it. */
function findNode(): { readonly path?: string; readonly reason: string } {
  if (isEnough(process.version)) return { path: process.execPath, reason: "" };
  const { stdout, stderr } = spawnSync("npx", ["-y", "-p", "node@22", "node", "-p", "process.version + ' ' + process.execPath"], {
    cwd: tmpdir(),
    encoding: "utf8",
  });
  const [version = "", path = ""] = (stdout ?? "").trim().split(" ");
  return isEnough(version)
    ? { path, reason: "" }
    : { reason: `npm gave no Node.js 22.19: ${version || (stderr ?? "").trim().split("\n").at(-1)}` };
}

const node = findNode();
const onNewNode = node.path === undefined ? (test.skip as typeof test) : test;

async function run(cwd: string, command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<string> {
  try {
    const all = { ...process.env, CI: "1", CHECKPOINT_DISABLE: "1", ...env };
    const { stdout, stderr } = await promisify(execFile)(command, [...args], { cwd, env: all, maxBuffer: 2 ** 26 });
    return `${stdout}\n${stderr}`;
  } catch (error) {
    const { message, stdout = "" } = error as Error & { stdout?: string };
    throw new Error(`${message}\n${stdout}`);
  }
}

/** The package as users install it, made once. */
async function tarball(): Promise<string> {
  const folder = await oncePerRun("tarball", async (into) => {
    await run(root, "npm", ["pack", "--pack-destination", into]);
  });
  return join(folder, `pangolin-iac-${version}.tgz`);
}

/** A project with the CDKTF example in it. */
async function project(...dependencies: string[]): Promise<string> {
  const folder = join(await temporaryDirectory("project"), "app");
  await mkdir(folder);
  await cp(join(root, "examples", "cdktf", "first-key"), folder, { recursive: true });
  await writeFile(join(folder, "package.json"), '{"name":"app","private":true}');
  await run(folder, "npm", [
    "install",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "typescript@~5.9.3",
    "tsx",
    "@types/node@^20",
    ...dependencies,
    await tarball(),
  ]);
  return folder;
}

test("the newest constructs are installed beside cdktf without a conflict", async () => {
  const folder = await project("cdktf@^0.21.0", "constructs@^10.8.0");
  expect(await run(folder, "npm", ["ls", "constructs"])).toMatch(/constructs@10\.([89]|\d\d)\./);
  await run(folder, "npx", ["tsc"]);
  await run(folder, "npx", ["tsx", "main.ts"]);
});

test("an app of CDK Terrain under its own name is refused with the line that makes it work", async () => {
  const folder = await project("cdktn@^0.24.0", "cdktf@^0.21.0", "constructs@>=10.6.0 <10.8.0");
  const main = join(folder, "main.ts");
  await writeFile(main, (await readFile(main, "utf8")).replace('from "cdktf"', 'from "cdktn"'));
  await expect(run(folder, "npx", ["tsx", "main.ts"])).rejects.toThrow(/npm:cdktn@\^0\.24\.0/);
});

onNewNode(`CDK Terrain under the name of cdktf plans, deploys and destroys${node.reason && ` (${node.reason})`}`, async () => {
  const folder = await project("cdktf@npm:cdktn@^0.24.0", "constructs@>=10.6.0 <10.8.0", "cdktn-cli@^0.24.0");
  await run(folder, "npx", ["tsc"]);
  const printed = await run(folder, "npx", ["pangolin-iac", "provider", "install", "--print-env"]);
  const env = {
    ...Object.fromEntries([...printed.matchAll(/^export (\w+)='(.*)'$/gm)].map(([, name, value]) => [name, value])),
    ...server.env,
    PATH: [dirname(node.path as string), process.env.PATH].join(delimiter),
  };
  const cdktn = (...args: string[]) => run(folder, node.path as string, ["node_modules/cdktn-cli/bin/cdktn", ...args], env);
  await cdktn("synth");
  expect(await cdktn("deploy", "first-key", "--auto-approve")).toContain("2 added");
  expect(await cdktn("diff", "first-key")).toContain("No changes");
  expect(await cdktn("destroy", "first-key", "--auto-approve")).toContain("2 destroyed");
});
