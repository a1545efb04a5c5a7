import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "./bundle.js";
import { thirdPartyNotices } from "./notices.js";
import { source } from "./paths.js";
import { typescript } from "./typescript.js";

/** zod stays a dependency: authors of providers pass us their zod schemas, which a second copy of zod would not recognise. */
const external = ["zod"];

/** Builds the entries `./bridge`, `./bridge/serve` and `./testing` with their declarations. */
export async function buildLibrary(out: string): Promise<void> {
  const [, ...metafiles] = await Promise.all([
    typescript("library.json", "--outDir", join(out, "types")),
    bundle({ entryPoints: [source("bridge", "sdk.ts")], outfile: join(out, "bridge", "sdk.js"), external }),
    bundle({ entryPoints: [source("bridge", "serve.ts")], outfile: join(out, "bridge", "serve.js"), external }),
    bundle({ entryPoints: [source("testing", "index.ts")], outfile: join(out, "testing.js"), external }),
    bundle({ entryPoints: [source("testing", "sandbox-thread.ts")], outfile: join(out, "testing-thread.js"), external }),
  ]);
  await writeFile(join(out, "THIRD-PARTY-NOTICES.txt"), await thirdPartyNotices(metafiles));
}
