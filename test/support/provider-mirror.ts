import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
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

/** A CLI configuration file that leads to a mirror with the built provider, and to nothing else: no registry is ever asked. */
export const mirrorConfig = (): Promise<string> =>
  oncePerRun("install", async (directory) => {
    const mirror = join(directory, "mirror");
    await installIntoMirror({ from: await providerPackage(), mirror, version, platforms: [terraformPlatform()] });
    await writeFile(
      join(directory, "terraform.rc"),
      `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
    );
  }).then((directory) => join(directory, "terraform.rc"));
