import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { generateBindings } from "./generate/bindings.js";
import { generateBridgeReference } from "./generate/bridge-reference.js";
import { generatePermissionNames } from "./generate/permission-names.js";

/**
 * Remakes what is generated and committed: bindings and names are part of what users import, so a change of them is to be seen in review,
 * and a checkout type-checks without a build. `--check` fails where something had to change.
 */
const root = join(__dirname, "..");
const folder = join(root, "constructs", "generated");
const reference = join(root, "docs", "bridge-reference.md");

async function main(): Promise<void> {
  await generateBindings(folder);
  generatePermissionNames(folder);
  generateBridgeReference(reference);
  if (!process.argv.includes("--check")) return;
  const changed = execFileSync("git", ["status", "--porcelain", "--", folder, reference], { encoding: "utf8" }).trim();
  if (changed === "") return;
  console.error(`Generated files are not up to date; run npm run generate and commit:\n${changed}`);
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
