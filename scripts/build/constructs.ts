import { join } from "node:path";
import { buildFolder } from "./folder.js";
import { typescript } from "./typescript.js";

/** Compiles the constructs file by file, so that `.` and `./bindings` share their classes. */
export async function buildConstructs(out: string): Promise<void> {
  await buildFolder(join(out, "constructs"), (folder) => typescript("constructs.json", "--outDir", folder));
}
