import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const TYPEDOC = join(__dirname, "..", "..", "node_modules", "typedoc", "bin", "typedoc");
const TITLE = `# Reference of \`pangolin-iac/bridge\`

Generated from the docstrings by \`npm run generate\`. Start with [bridge.md](bridge.md).

`;

/** Everything that `src/bridge/sdk.ts` exports, on one page. Fails if an export has no docstring. */
export function generateBridgeReference(file: string): void {
  const scratch = mkdtempSync(join(tmpdir(), "reference-"));
  try {
    execFileSync(process.execPath, [TYPEDOC, "--options", join(__dirname, "typedoc.json"), "--out", scratch], {
      stdio: ["ignore", "ignore", "inherit"],
    });
    writeFileSync(file, TITLE + readFileSync(join(scratch, "README.md"), "utf8"));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
