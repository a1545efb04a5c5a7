import { type BuildOptions, build, type Metafile } from "esbuild";
import { root } from "./paths.js";

/** Bundles an entry into one CommonJS file for the oldest supported Node.js. Returns esbuild's metafile. */
export async function bundle(options: BuildOptions & { entryPoints: [string]; outfile: string }): Promise<Metafile> {
  const { metafile } = await build({
    bundle: true,
    platform: "node",
    target: "node20",
    format: "cjs",
    absWorkingDir: root,
    legalComments: "none",
    logLevel: "warning",
    // As require(): Node's loader of ES modules would cost every launch some milliseconds.
    supported: { "dynamic-import": false },
    ...options,
    metafile: true,
  });
  return metafile;
}
