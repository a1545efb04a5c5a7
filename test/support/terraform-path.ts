import { writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { requireTerraform } from "../../src/commands/terraform.js";
import { temporaryDirectory } from "./run-directory.js";

/** A PATH on which the engine of the tests is called `terraform`, as in the examples and in the README, whichever one it is. */
export async function pathWithTerraform(): Promise<string> {
  const path = process.env.PATH ?? "";
  const { binary } = await requireTerraform(process.env);
  if (binary === "terraform") return path;
  const folder = await temporaryDirectory("engine");
  await writeFile(join(folder, "terraform"), `#!/bin/sh\nexec '${binary}' "$@"\n`, { mode: 0o755 });
  return `${folder}${delimiter}${path}`;
}
