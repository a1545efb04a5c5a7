import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { generateBindings } from "./generate/bindings.js";
import { generateBridgeReference } from "./generate/bridge-reference.js";
import { generatePages, stalePages } from "./generate/pages.js";
import { generatePermissionNames } from "./generate/permission-names.js";

/**
 * Writes the generated files that are committed: bindings and permission names are part of the public API, so a change of them is reviewed, and a
 * checkout type-checks without a build. With `--check`, exits with 1 if a generated file is not current.
 */
const root = join(__dirname, "..");
const folder = join(root, "constructs", "generated");
const reference = join(root, "docs", "bridge-reference.md");

async function main(): Promise<void> {
  const check = process.argv.includes("--check");
  // Most of these pages is written by hand, so a changed page in git does not mean that its generated parts are out of date.
  const stale = check ? await stalePages(root) : [];
  if (!check) await generatePages(root);
  await generateBindings(folder);
  generatePermissionNames(folder);
  generateBridgeReference(reference);
  if (!check) return;
  const changed = execFileSync("git", ["status", "--porcelain", "--", folder, reference], { encoding: "utf8" }).trimEnd();
  const notCurrent = [...stale, ...changed.split("\n")].filter((line) => line !== "");
  if (notCurrent.length === 0) return;
  console.error(`Generated files are not up to date; run npm run generate and commit:\n${notCurrent.join("\n")}`);
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
