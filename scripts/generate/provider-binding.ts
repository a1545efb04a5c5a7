import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { replaceOnce } from "./replace-once.js";

const CDKTF_IMPORT = "import * as cdktf from 'cdktf';\n";
const END_OF_SUPER = "      terraformProviderSource: 'pangolin-iac/pangolin'\n    });\n";

/** Every app has a provider, so there an app of another CDK than the bindings' is refused, before it crashes when it is synthesized. */
export function checkCdktf(folder: string): void {
  const file = join(folder, "provider", "index.ts");
  const text = replaceOnce(
    readFileSync(file, "utf8"),
    CDKTF_IMPORT,
    `${CDKTF_IMPORT}import { requireSameCdktf } from '../../same-cdktf';\n`,
  );
  writeFileSync(file, replaceOnce(text, END_OF_SUPER, `${END_OF_SUPER}    requireSameCdktf(this);\n`));
}
