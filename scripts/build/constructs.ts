import { join } from "node:path";
import { typescript } from "./typescript.js";

/** Compiles the constructs file by file, so that `.` and `./bindings` share their classes. */
export async function buildConstructs(out: string): Promise<void> {
  await typescript("constructs.json", "--outDir", join(out, "constructs"));
}
