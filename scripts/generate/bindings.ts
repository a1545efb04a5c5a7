import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { providerSchemaJson } from "../../src/provider-server.js";
import { checkCdktf } from "./provider-binding.js";
import { markSensitive } from "./sensitive-bindings.js";

/** Version constraint in `required_providers` of a synthesised stack: any release that fits the bindings. */
const CONSTRAINT = "pangolin-iac/pangolin@~> 0.1";

/**
 * Generates the CDKTF bindings from the provider's schema, without Terraform. Loading the generator asks for the
 * version of Terraform once. Its warning about a missing configuration file is harmless.
 */
export async function generateBindings(folder: string): Promise<void> {
  process.env.TF_CLI_CONFIG_FILE = "/dev/null";
  const { CodeMaker, TerraformProviderGenerator } = await import("@cdktf/provider-generator");
  const { ConstructsMakerProviderTarget, TerraformProviderConstraint, Language } = await import("@cdktf/commons");
  const schema = await providerSchemaJson();
  const code = new CodeMaker();
  const generator = new TerraformProviderGenerator(code, schema);
  generator.generate(new ConstructsMakerProviderTarget(new TerraformProviderConstraint(CONSTRAINT), Language.TYPESCRIPT));
  const scratch = mkdtempSync(join(tmpdir(), "bindings-"));
  try {
    await code.save(scratch);
    refuseRenamedClasses(scratch);
    markSensitive(join(scratch, "providers", "pangolin"), schema);
    checkCdktf(join(scratch, "providers", "pangolin"));
    rmSync(folder, { recursive: true, force: true });
    cpSync(join(scratch, "providers", "pangolin"), folder, {
      recursive: true,
      filter: (path) => !/lazy-index\.ts$|README\.md$/.test(path),
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The generator appends an "A" to the second class of a name. A later addition may rename that class again. */
function refuseRenamedClasses(folder: string): void {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) refuseRenamedClasses(path);
    else {
      const renamed = /export class (\w+A)\b/.exec(readFileSync(path, "utf8"))?.[1];
      if (renamed) throw new Error(`The generator had to invent the class ${renamed}; rename what collides.`);
    }
  }
}
