import { execFile } from "node:child_process";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { bundle } from "../../build/bundle.js";

/** A provider of that many resources as a release would be: the schema made, the resources apart from the entry. Gives the entry's path. */
export async function buildScale(out: string, resources: number): Promise<string> {
  const folder = join(out, `scale-${resources}`);
  await mkdir(folder, { recursive: true });
  const entry = join(folder, "main.js");
  const common = { minify: true, define: { RESOURCES: String(resources) } };
  await Promise.all([
    bundle({ ...common, entryPoints: [join(__dirname, "main.ts")], outfile: entry, external: ["./provider.js"] }),
    bundle({ ...common, entryPoints: [join(__dirname, "provider.ts")], outfile: join(folder, "provider.js") }),
  ]);
  const program = 'require("./provider.js").schemaResponse().then((bytes) => require("node:fs").writeFileSync("schema.bin", bytes));';
  await promisify(execFile)(process.execPath, ["-e", program], { cwd: folder });
  return entry;
}
