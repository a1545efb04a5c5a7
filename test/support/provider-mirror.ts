import { execFile } from "node:child_process";
import { link, mkdir, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { promisify } from "node:util";
import { ADDRESSES } from "../../src/commands/provider-install/address.js";
import { installIntoMirror } from "../../src/commands/provider-install/mirror.js";
import { terraformPlatform } from "../../src/commands/provider-install/platform.js";
import { version } from "../../src/version.js";
import { oncePerRun } from "./run-directory.js";

const root = resolve(__dirname, "..", "..");

/** The provider as it is shipped, built from the sources of now (half a second), once per run. */
export const providerPackage = (): Promise<string> =>
  oncePerRun("build", async (out) => {
    await promisify(execFile)(process.execPath, ["--import", "tsx", "scripts/build.ts", "--out", out, "provider"], { cwd: root });
  }).then((out) => join(out, "provider"));

/** A released archive to test in the place of the sources; then no `node` is on the PATH of Terraform either. */
export const testedArchive = process.env.PANGOLIN_IAC_TEST_ARCHIVE;

/** A CLI configuration file that leads to a mirror with the built provider, and to nothing else: no registry is ever asked. */
export const mirrorConfig = (): Promise<string> =>
  oncePerRun("install", async (directory) => {
    const mirror = join(directory, "mirror");
    if (testedArchive === undefined)
      await installIntoMirror({ from: await providerPackage(), mirror, version, platforms: [terraformPlatform()] });
    else await installArchive(testedArchive, mirror);
    const cache = join(directory, "cache");
    await mkdir(cache);
    await writeFile(
      join(directory, "terraform.rc"),
      // An archive is unpacked once; each workspace links to it.
      `plugin_cache_dir = ${JSON.stringify(cache)}\nprovider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
    );
  }).then((directory) => join(directory, "terraform.rc"));

/** An archive as the Registry has it, in the packed layout of a mirror. */
async function installArchive(archive: string, mirror: string): Promise<void> {
  for (const address of ADDRESSES) {
    const folder = join(mirror, ...address.split("/"));
    await mkdir(folder, { recursive: true });
    await link(archive, join(folder, basename(archive)));
  }
}
