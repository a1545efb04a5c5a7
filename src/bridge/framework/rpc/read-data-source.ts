import type { ValueObject } from "../../cty/index.js";
import { type Diagnostic, Diagnostics } from "../diagnostics.js";
import { conforms, resultIsKnown } from "../laws.js";
import { keepMeaning } from "../meaning.js";
import type { CompiledDataSource, ProviderServer } from "../provider-server.js";

export async function readDataSource(
  server: ProviderServer,
  { definition, schema, typeName }: CompiledDataSource,
  request: { readonly config: ValueObject; readonly signal: AbortSignal },
): Promise<{ readonly state: ValueObject | null; readonly diagnostics: readonly Diagnostic[] }> {
  const diagnostics = new Diagnostics();
  const state = await server.run(diagnostics, () =>
    definition.read({ provider: server.data, diagnostics, signal: request.signal, config: request.config as never }),
  );
  if (!state || !conforms(typeName, state as ValueObject, schema.type, diagnostics)) return { state: null, diagnostics: diagnostics.items };
  const kept = keepMeaning(schema, request.config, state as ValueObject);
  resultIsKnown(typeName, kept, diagnostics);
  return { state: kept, diagnostics: diagnostics.items };
}
