import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { providerSchemaJson } from "../../src/provider-server.js";
import { markSensitive } from "./sensitive-bindings.js";

/** What `required_providers` of a synthesised stack asks for: any release that the bindings fit. */
const CONSTRAINT = "pangolin-iac/pangolin@~> 0.1";

/**
 * Makes the CDKTF bindings from the provider's own schema, without Terraform. Loading the generator asks for the
 * version of Terraform once; its complaint about a missing configuration file is of no interest here.
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
    rmSync(folder, { recursive: true, force: true });
    cpSync(join(scratch, "providers", "pangolin"), folder, {
      recursive: true,
      filter: (path) => !/lazy-index\.ts$|README\.md$/.test(path),
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** The generator gives the second class of a name an "A" at its end; whatever is added later may rename it again. */
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
