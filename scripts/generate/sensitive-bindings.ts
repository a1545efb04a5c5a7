import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { replaceOnce } from "./replace-once.js";

interface Schema {
  readonly provider_schemas?: Readonly<Record<string, { readonly resource_schemas?: Readonly<Record<string, ResourceSchema>> }>>;
}
interface ResourceSchema {
  readonly block: { readonly attributes?: Readonly<Record<string, { readonly sensitive?: boolean; readonly computed?: boolean }>> };
}

const CDKTF_IMPORT = "import * as cdktf from 'cdktf';\n";

/**
 * The generator ignores `sensitive`, and Terraform drops the mark between stacks. So computed sensitive attributes,
 * and references to the whole resource, set the mark again.
 */
export function markSensitive(folder: string, schema: Schema): void {
  for (const { resource_schemas: resources = {} } of Object.values(schema.provider_schemas ?? {}))
    for (const [type, { block }] of Object.entries(resources)) {
      const names = Object.entries(block.attributes ?? {}).filter(([, { sensitive, computed }]) => sensitive && computed);
      if (names.length > 0)
        markResource(
          join(folder, type.replace(/^[^_]+_/, "").replaceAll("_", "-"), "index.ts"),
          names.map(([name]) => name),
        );
    }
}

function markResource(file: string, names: readonly string[]): void {
  let text = readFileSync(file, "utf8");
  for (const name of names)
    text = replaceOnce(text, `return this.getStringAttribute('${name}');`, `return secretAttribute(this, '${name}');`);
  text = replaceOnce(text, CDKTF_IMPORT, `${CDKTF_IMPORT}import { secretAttribute, secretResource } from '../../attribute-expression';\n`);
  const fqn = "  public get fqn(): string {\n    return secretResource(this);\n  }\n";
  text = replaceOnce(text, "  // ==========\n  // ATTRIBUTES\n", `${fqn}\n  // ==========\n  // ATTRIBUTES\n`);
  writeFileSync(file, text);
}
