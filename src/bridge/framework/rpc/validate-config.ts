import type { ValueObject } from "../../cty/index.js";
import { type Diagnostic, Diagnostics } from "../diagnostics.js";
import type { ProviderServer } from "../provider-server.js";
import type { ValidateContext } from "../resource.js";
import { forCallback } from "../schema/doubles.js";
import type { Schema } from "../schema/schema.js";
import { refuseWriteOnly, validateSchema } from "../schema/validate.js";

/** Serves ValidateProviderConfig, ValidateResourceConfig and ValidateDataResourceConfig: each attribute first, then across them. */
export async function validateConfig(
  server: ProviderServer,
  schema: Schema,
  definition: { validate?(context: ValidateContext<never>): void },
  config: ValueObject | null,
  { writeOnlyAllowed = true }: { readonly writeOnlyAllowed?: boolean } = {},
): Promise<readonly Diagnostic[]> {
  const diagnostics = new Diagnostics();
  if (!config) return [];
  await server.run(diagnostics, () => validateSchema(schema, config, diagnostics));
  if (!writeOnlyAllowed) refuseWriteOnly(schema.attributes, config, diagnostics);
  await server.run(diagnostics, () => definition.validate?.({ config: forCallback(schema, config) as never, diagnostics }));
  return diagnostics.items;
}
