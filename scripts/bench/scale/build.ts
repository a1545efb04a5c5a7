import { execFile } from "node:child_process";
import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { bundle } from "../../build/bundle.js";

/** Builds a provider of that size as a release is built: schema precomputed, resources separate from the entry. Returns the path of the entry. */
export async function buildScale(out: string, size: { readonly resources: number; readonly attributes: number }): Promise<string> {
  const folder = join(out, `scale-${size.resources}-${size.attributes}`);
  await mkdir(folder, { recursive: true });
  const entry = join(folder, "terraform-provider-scale_v0.1.0");
  const define = { RESOURCES: String(size.resources), ATTRIBUTES: String(size.attributes) };
  const common = { minify: true, define, banner: { js: "#!/usr/bin/env node" } };
  await Promise.all([
    bundle({ ...common, entryPoints: [join(__dirname, "main.ts")], outfile: entry, external: ["./provider.js"] }),
    bundle({ ...common, entryPoints: [join(__dirname, "provider.ts")], outfile: join(folder, "provider.js") }),
  ]);
  const program = 'require("./provider.js").schemaResponse().then((bytes) => require("node:fs").writeFileSync("schema.bin", bytes));';
  await chmod(entry, 0o755);
  await promisify(execFile)(process.execPath, ["-e", program], { cwd: folder });
  return entry;
}
