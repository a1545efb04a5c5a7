import { readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { api } from "../support/organization.js";
import { temporaryDirectory } from "../support/run-directory.js";
import { useSandbox } from "../support/server.js";
import { follow, root, type Walkthrough, walkthroughOf } from "./walkthrough.js";

/** Packages from this repository stand in for those of `npm install`. `test/long/readme.test.ts` installs them. */
const terraformServer = useSandbox();
const cdktfServer = useSandbox();

/** An empty folder with these packages, and the walkthrough without the lines that install them. */
async function installed({ files, commands }: Walkthrough): Promise<{ readonly folder: string; readonly rest: Walkthrough }> {
  const lines = commands.split("\n");
  const isInstall = (line: string) => line.startsWith("npm install ");
  for (const spec of lines.filter(isInstall).flatMap((line) => line.split(" ").slice(2))) await requireSame(spec.replaceAll('"', ""));
  const folder = await temporaryDirectory("reader");
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  return { folder, rest: { files, commands: lines.filter((line) => !isInstall(line)).join("\n") } };
}

/** Fails if the README installs another version than the tests run with. */
async function requireSame(spec: string): Promise<void> {
  if (spec.startsWith("--")) return;
  const manifest = async (folder: string) =>
    JSON.parse(await readFile(join(folder, "package.json"), "utf8")) as { name: string; version: string };
  const own = await manifest(root);
  if (spec.endsWith(".tgz")) return expect(spec).toBe(`../${own.name}/${own.name}-${own.version}.tgz`);
  const [, name = "", version = ""] = /^(@?[^@]+)(?:@([\d.]+))?/.exec(spec) ?? [];
  expect(`${(await manifest(join(root, "node_modules", name))).version}.`).toMatch(new RegExp(`^${version && `${version}\\.`}`));
}

/** Nothing of the tester's own Terraform configuration. */
const ownHome = (folder: string) => ({ HOME: folder, TF_CLI_CONFIG_FILE: undefined });

/** Fails unless the token works. */
const useToken = (env: Readonly<Record<string, string>>, token: string): Promise<unknown> =>
  api({ ...env, PANGOLIN_API_KEY: token }, "GET", "/org/acme");

test("the Terraform section leads from an empty folder to a token that works", async () => {
  const { folder, rest } = await installed(await walkthroughOf("Terraform"));
  const printed = await follow(rest, folder, { ...terraformServer.env, ...ownHome(folder) });
  expect(printed).toContain("Apply complete! Resources: 2 added");
  await useToken(terraformServer.env, printed.split("\n").at(-1) ?? "");
});

test("the CDKTF section leads from an empty folder to a deployed stack", async () => {
  const { folder, rest } = await installed(await walkthroughOf("CDKTF"));
  expect(await follow(rest, folder, { ...cdktfServer.env, ...ownHome(folder) })).toContain("2 added");
  const outputs = JSON.parse(await readFile(join(folder, "outputs.json"), "utf8")) as Record<string, Record<string, string>>;
  await useToken(cdktfServer.env, Object.values(outputs["first-key"] ?? {})[0] ?? "");
});
