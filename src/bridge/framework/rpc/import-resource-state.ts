import type { ValueObject } from "../../cty/index.js";
import { type Diagnostic, DiagnosticError, Diagnostics } from "../diagnostics.js";
import { identityOf, parseImportId } from "../identity.js";
import { conforms, resultIsKnown } from "../laws.js";
import { withoutWriteOnly } from "../plan/write-only.js";
import { PrivateState } from "../private-state.js";
import type { CompiledResource, ProviderServer } from "../provider-server.js";

export interface ImportResourceStateRequest {
  /** The text of `terraform import` or of an import block's `id`; empty where the identity is given. */
  readonly id: string;
  readonly identity: ValueObject | undefined;
  readonly signal: AbortSignal;
}

export interface ImportResourceStateResponse {
  readonly imported: { readonly state: ValueObject; readonly private: Uint8Array; readonly identity: ValueObject | undefined } | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export async function importResourceState(
  server: ProviderServer,
  { definition, identity, schema, typeName }: CompiledResource,
  request: ImportResourceStateRequest,
): Promise<ImportResourceStateResponse> {
  const diagnostics = new Diagnostics();
  const privateState = PrivateState.decode(undefined);
  const state = await server.run(diagnostics, async () => {
    if (!definition.import || !identity) throw new DiagnosticError("Import is not supported", `A ${typeName} cannot be imported.`);
    const parts = request.identity ?? parseImportId(identity, request.id);
    const found = await definition.import({
      provider: server.data,
      diagnostics,
      signal: request.signal,
      identity: parts as never,
      private: privateState,
    });
    if (!found) throw new DiagnosticError("Nothing to import", `There is no ${typeName} "${Object.values(parts).join("/")}".`);
    return withoutWriteOnly(schema, found as ValueObject);
  });
  if (!state || !conforms(typeName, state, schema.type, diagnostics)) return { imported: undefined, diagnostics: diagnostics.items };
  resultIsKnown(typeName, state, diagnostics);
  return {
    imported: diagnostics.hasErrors
      ? undefined
      : { state, private: privateState.encode(), identity: identity && identityOf(identity, state) },
    diagnostics: diagnostics.items,
  };
}
