import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import * as z from "zod";
import { root } from "./paths.js";

const MANIFEST = z.object({ name: z.string(), version: z.string(), license: z.string().optional() });
const LICENCE_FILE = /^(licen[cs]e|notice|copying)([.-]|$)/i;
const RULE = `\n${"-".repeat(78)}\n`;

/** Names, versions and licence texts of the packages that bundles contain. */
export async function thirdPartyNotices(metafiles: readonly Metafile[]): Promise<string> {
  const folders = new Set(metafiles.flatMap(({ inputs }) => Object.keys(inputs).flatMap(packageFolderOf)));
  const notices = await Promise.all([...folders].sort().map(noticeOf));
  return ["This program contains the following packages.\n", ...notices].join(RULE);
}

/** `node_modules/@a/b/lib/c.js` is of the folder `node_modules/@a/b`; nested ones count for themselves. */
function packageFolderOf(input: string): string[] {
  const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
  return folder === undefined ? [] : [folder];
}

async function noticeOf(folder: string): Promise<string> {
  const path = join(root, folder);
  const { name, version, license } = MANIFEST.parse(JSON.parse(await readFile(join(path, "package.json"), "utf8")));
  const files = (await readdir(path)).filter((file) => LICENCE_FILE.test(file)).sort();
  if (files.length === 0 && license === undefined) throw new Error(`${name} is bundled, but says nowhere under which licence.`);
  const texts = await Promise.all(files.map((file) => readFile(join(path, file), "utf8")));
  return [`${name} ${version} (${license ?? "see below"})\n`, ...texts].join("\n");
}
