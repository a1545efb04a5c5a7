import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "./bundle.js";
import { thirdPartyNotices } from "./notices.js";
import { source } from "./paths.js";

/** Builds `OUT/cli.js`, which `bin/pangolin-iac.js` starts. */
export async function buildCommand(out: string): Promise<void> {
  const metafile = await bundle({ entryPoints: [source("cli.ts")], outfile: join(out, "cli.js"), minify: true });
  await writeFile(join(out, "cli-THIRD-PARTY-NOTICES.txt"), await thirdPartyNotices([metafile]));
}
