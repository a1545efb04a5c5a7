import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import * as z from "zod";
import { root } from "./paths.js";

const MANIFEST = z.object({ name: z.string(), version: z.string(), license: z.string().optional() });
const LICENCE_FILE = /^(licen[cs]e|notice|copying)([.-]|$)/i;
const RULE = `\n${"-".repeat(78)}\n`;

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression. */
  readonly license?: string | undefined;
  /** Relative to the project. */
  readonly folder: string;
}

/** Names, versions and licence texts of the packages that bundles contain. */
export const thirdPartyNotices = async (metafiles: readonly Metafile[]): Promise<string> => noticesOf(await bundledPackages(metafiles));

export async function bundledPackages(metafiles: readonly Metafile[]): Promise<readonly BundledPackage[]> {
  const folders = new Set(metafiles.flatMap(({ inputs }) => Object.keys(inputs).flatMap(packageFolderOf)));
  return Promise.all(
    [...folders].sort().map(async (folder) => ({
      ...MANIFEST.parse(JSON.parse(await readFile(join(root, folder, "package.json"), "utf8"))),
      folder,
    })),
  );
}

export async function noticesOf(packages: readonly BundledPackage[]): Promise<string> {
  return ["This program contains the following packages.\n", ...(await Promise.all(packages.map(noticeOf)))].join(RULE);
}

/** `node_modules/@a/b/lib/c.js` belongs to `node_modules/@a/b`. Nested packages count separately. */
function packageFolderOf(input: string): string[] {
  const folder = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(input)?.[0];
  return folder === undefined ? [] : [folder];
}

async function noticeOf({ name, version, license, folder }: BundledPackage): Promise<string> {
  const path = join(root, folder);
  const files = (await readdir(path)).filter((file) => LICENCE_FILE.test(file)).sort();
  if (files.length === 0 && license === undefined) throw new Error(`${name} is bundled, but says nowhere under which licence.`);
  const texts = await Promise.all(files.map((file) => readFile(join(path, file), "utf8")));
  return [`${name} ${version} (${license ?? "see below"})\n`, ...texts].join("\n");
}
