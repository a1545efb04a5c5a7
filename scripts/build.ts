import { join } from "node:path";
import { parseArgs } from "node:util";
import { buildCommand } from "./build/command.js";
import { buildConstructs } from "./build/constructs.js";
import { buildCorner } from "./build/corner.js";
import { buildLibrary } from "./build/library.js";
import { root } from "./build/paths.js";
import { buildProvider } from "./build/provider.js";

/** The parts of the package. They are independent: `npm run build -- provider` builds one. */
const PARTS: Readonly<Record<string, (out: string) => Promise<void>>> = {
  provider: buildProvider,
  command: buildCommand,
  library: buildLibrary,
  constructs: buildConstructs,
  corner: buildCorner,
};
const SHIPPED = ["provider", "command", "library", "constructs"];

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { out: { type: "string", default: join(root, "dist") } } });
  const names = positionals.length > 0 ? positionals : SHIPPED;
  await Promise.all(
    names.map(async (name) => {
      const build = PARTS[name];
      if (!build) throw new Error(`There is no part "${name}": choose from ${Object.keys(PARTS).join(", ")}.`);
      const start = performance.now();
      await build(values.out);
      console.error(`built ${name} in ${((performance.now() - start) / 1000).toFixed(1)} s`);
    }),
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
