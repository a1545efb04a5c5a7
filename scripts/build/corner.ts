import { chmod, mkdir } from "node:fs/promises";
import { join } from "node:path";
import { bundle } from "./bundle.js";
import { EXECUTABLE_HEADER } from "./executable-header.js";
import { root } from "./paths.js";

/** Builds `OUT/corner/terraform-provider-framework`, the provider of the bridge's tests, as one file. */
export async function buildCorner(out: string): Promise<void> {
  const folder = join(out, "corner");
  await mkdir(folder, { recursive: true });
  const outfile = join(folder, "terraform-provider-framework");
  await bundle({ entryPoints: [join(root, "test", "corner", "main.ts")], outfile, banner: { js: EXECUTABLE_HEADER } });
  await chmod(outfile, 0o755);
}
