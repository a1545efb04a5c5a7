import { storedValues, type ValueObject } from "../../cty/index.js";
import { identityIsThere, resultIsKnown } from "../consistency.js";
import { type Diagnostic, DiagnosticError, Diagnostics } from "../diagnostics.js";
import { ObjectIdentity } from "../object-identity.js";
import { identityAfter, privateAfter, wholeState } from "../outcome.js";
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
  const { definition, typeName } = resource;
  const diagnostics = new Diagnostics();
  const privateState = PrivateState.decode(undefined);
  const identityData = new ObjectIdentity(resource, undefined);
  const target = await server.run(diagnostics, async () => {
    const answer = await definition.move?.({
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
    if (!answer && !diagnostics.hasErrors)
      throw new DiagnosticError(
        "Unable to Move Resource State",
        `A ${request.sourceTypeName} of ${request.sourceProviderAddress} cannot become a ${typeName}.`,
      );
    return answer;
  });
  const state = target && wholeState(resource, target, diagnostics);
  if (!state) return { moved: undefined, diagnostics: diagnostics.items };
  resultIsKnown(typeName, state, diagnostics);
  const identity = identityAfter(resource, identityData, state, diagnostics);
  if (!diagnostics.hasErrors) identityIsThere(resource, identity, diagnostics);
  const moved = { state, private: privateAfter(typeName, privateState, diagnostics), identity };
  return { moved: diagnostics.hasErrors ? undefined : moved, diagnostics: diagnostics.items };
}
