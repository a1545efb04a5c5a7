import { execFile } from "node:child_process";
import { chmod, copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Plugin } from "esbuild";
import { version } from "../../src/version.js";
import { bundle } from "./bundle.js";
import { EXECUTABLE_HEADER } from "./executable-header.js";
import { buildFolder } from "./folder.js";
import { thirdPartyNotices } from "./notices.js";
import { root, source } from "./paths.js";

/** The second bundle. The entry requires it on the first call that needs more than the schema. */
const PROVIDER_FILE = "provider.js";
const SCHEMA_FILE = "schema.bin";

/** Builds `OUT/provider`: a complete provider package, ready to be copied into a mirror. */
export async function buildProvider(out: string): Promise<void> {
  await buildFolder(join(out, "provider"), writePackage);
}

async function writePackage(folder: string): Promise<void> {
  const executable = join(folder, `terraform-provider-pangolin_v${version}`);
  const common = { minify: true, define: { "process.env.NODE_ENV": '"production"' } };
  const metafiles = await Promise.all([
    bundle({
      ...common,
      entryPoints: [source("main.ts")],
      outfile: executable,
      banner: { js: EXECUTABLE_HEADER },
      plugins: [besideEntry],
    }),
    bundle({ ...common, entryPoints: [source("provider-server.ts")], outfile: join(folder, PROVIDER_FILE) }),
  ]);
  await Promise.all([
    chmod(executable, 0o755),
    // The package may be installed inside a project of ES modules.
    writeFile(join(folder, "package.json"), '{"type":"commonjs"}\n'),
    copyFile(join(root, "LICENSE"), join(folder, "LICENSE")),
    thirdPartyNotices(metafiles).then((text) => writeFile(join(folder, "THIRD-PARTY-NOTICES.txt"), text)),
    writeSchema(folder),
  ]);
}

const besideEntry: Plugin = {
  name: "provider-beside-entry",
  setup: ({ onResolve }) => {
    onResolve({ filter: /\/provider-server\.js$/ }, () => ({ path: `./${PROVIDER_FILE}`, external: true }));
  },
};

/** The response of GetProviderSchema, made by the built provider: a launch that asks for nothing else loads no resource. */
async function writeSchema(folder: string): Promise<void> {
  const program = `
    const { writeFileSync } = require("node:fs");
    Promise.resolve(require("./${PROVIDER_FILE}").providerSchemaResponse()).then((bytes) => writeFileSync("${SCHEMA_FILE}", bytes));`;
  await promisify(execFile)(process.execPath, ["-e", program], { cwd: folder });
}
