import { existsSync } from "node:fs";
import { symlink } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { testedArchive } from "./provider-mirror.js";
import { oncePerRun } from "./run-directory.js";

/** What a machine without Node.js has, as far as a test's configuration starts it. */
const PROGRAMS = ["terraform", "tofu", "sh", "cat", "true", "false", "sleep", "touch", "bash"];

/** The PATH of Terraform: the tester's own, or, where a released archive is tested, one that leads to no `node`. */
export async function programPath(): Promise<string> {
  const path = process.env.PATH ?? "";
  if (testedArchive === undefined) return path;
  return oncePerRun("programs", async (directory) => {
    for (const program of PROGRAMS) {
      const found = path.split(delimiter).find((folder) => existsSync(join(folder, program)));
      if (found !== undefined) await symlink(join(found, program), join(directory, program));
    }
  });
}
