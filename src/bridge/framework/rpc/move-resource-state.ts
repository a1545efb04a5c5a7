import { storedValues, type ValueObject } from "../../cty/index.js";
import { conforms, identityIsThere, resultIsKnown } from "../consistency.js";
import { type Diagnostic, DiagnosticError, Diagnostics } from "../diagnostics.js";
import { ObjectIdentity } from "../object-identity.js";
import { withoutWriteOnly } from "../plan/write-only.js";
import { PrivateState } from "../private-state.js";
import type { CompiledResource, ProviderServer } from "../provider-server.js";

export interface MoveResourceStateRequest {
  readonly sourceProviderAddress: string;
  readonly sourceTypeName: string;
  readonly sourceSchemaVersion: number;
  /** JSON, as it is stored. */
  readonly sourceState: Uint8Array;
  readonly sourceIdentity: Uint8Array | undefined;
  readonly sourcePrivate: Uint8Array;
  readonly signal: AbortSignal;
}

export interface MoveResourceStateResponse {
  readonly moved: { readonly state: ValueObject; readonly private: Uint8Array; readonly identity: ValueObject | undefined } | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Makes an object of another type one of this type, from its stored state alone: nothing is sent. */
export async function moveResourceState(
  server: ProviderServer,
  resource: CompiledResource,
  request: MoveResourceStateRequest,
): Promise<MoveResourceStateResponse> {
  const { definition, schema, typeName } = resource;
  const diagnostics = new Diagnostics();
  const privateState = PrivateState.decode(undefined);
  const identityData = new ObjectIdentity(resource, undefined);
  const moved = await server.run(diagnostics, async () => {
    const target = await definition.move?.({
      ...server.context(diagnostics, request.signal),
      private: privateState,
      identityData,
      source: {
        providerAddress: request.sourceProviderAddress,
        typeName: request.sourceTypeName,
        schemaVersion: request.sourceSchemaVersion,
        state: storedValues(request.sourceState),
        identity: request.sourceIdentity && storedValues(request.sourceIdentity),
        private: request.sourcePrivate,
      },
    });
    if (!target && !diagnostics.hasErrors)
      throw new DiagnosticError(
        "Unable to Move Resource State",
        `A ${request.sourceTypeName} of ${request.sourceProviderAddress} cannot become a ${typeName}.`,
      );
    return target && withoutWriteOnly(schema, target as ValueObject);
  });
  if (!moved || !conforms(typeName, moved, schema.type, diagnostics)) return { moved: undefined, diagnostics: diagnostics.items };
  resultIsKnown(typeName, moved, diagnostics);
  const identity = identityData.of(moved);
  identityIsThere(resource, identity, diagnostics);
  return {
    moved: diagnostics.hasErrors ? undefined : { state: moved, private: privateState.encode(), identity },
    diagnostics: diagnostics.items,
  };
}
