import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, writeFile } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { pathWithTerraform } from "../support/terraform-path.js";

export const root = resolve(__dirname, "..", "..");
/** Installing from npm included. */
const TIME_LIMIT_MS = 280_000;

/** What a section of the README asks its reader to do. */
export interface Walkthrough {
  /** Files to write, by name. */
  readonly files: Readonly<Record<string, string>>;
  /** Shell lines of its `sh` blocks, in order. */
  readonly commands: string;
}

/** Reads the section of this title, such as `CDKTF`. Embedded examples are its files. */
export async function walkthroughOf(title: string): Promise<Walkthrough> {
  const page = await readFile(join(root, "README.md"), "utf8");
  const section = page.split(/^## /m).find((part) => part.startsWith(`${title}\n`));
  if (section === undefined) throw new Error(`The README has no section "${title}".`);
  const files: Record<string, string> = {};
  const commands: string[] = [];
  for (const [, path, language, block = ""] of section.matchAll(/(?:<!-- example: (\S+) -->\n)?^```(\w+)\n([\s\S]*?)^```$/gm)) {
    if (path !== undefined) files[basename(path)] = block;
    else if (language === "sh") commands.push(block);
    else throw new Error(`The section "${title}" has a block of ${language} that is neither an example nor a command:\n${block}`);
  }
  return { files, commands: commands.join("") };
}

/** Follows it in `folder` as a reader does: one shell for all commands, which ends at the first that fails. Questions are answered with yes. */
export async function follow(
  { files, commands }: Walkthrough,
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  const child = spawn("bash", ["-euo", "pipefail", "-c", commands], {
    cwd: folder,
    env: {
      ...process.env,
      CI: "1",
      NO_COLOR: "1",
      FORCE_COLOR: "0",
      TF_CLI_ARGS: "-no-color",
      PATH: await pathWithTerraform(),
      ...env,
    },
    // A process group of its own, which can be ended as a whole.
    detached: true,
  });
  child.stdin.end("yes\n");
  const limit = setTimeout(() => process.kill(-(child.pid ?? 0), "SIGKILL"), TIME_LIMIT_MS);
  const [stdout, stderr, [exitCode]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  clearTimeout(limit);
  if (exitCode !== 0) throw new Error(`The commands ended with ${exitCode ?? "a signal"}:\n${commands}\n${stdout}\n${stderr}`);
  return stdout;
}
