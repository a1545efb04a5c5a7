import type { ValueObject } from "../../cty/index.js";
import { conforms, identityIsThere, identityStays, resultIsKnown } from "../consistency.js";
import { CallDeferral, type DeferralReason } from "../deferral.js";
import { type Diagnostic, Diagnostics } from "../diagnostics.js";
import { identityOf } from "../identity.js";
import { ObjectIdentity } from "../object-identity.js";
import { withoutWriteOnly } from "../plan/write-only.js";
import { PrivateState } from "../private-state.js";
import type { CompiledResource, ProviderServer } from "../provider-server.js";
import { semanticEquality } from "../semantic-equality.js";
import { withTimeout } from "../timeouts.js";

export interface ReadResourceRequest {
  readonly state: ValueObject | null;
  readonly private: Uint8Array;
  readonly currentIdentity?: ValueObject | undefined;
  readonly deferralAllowed?: boolean;
  readonly signal: AbortSignal;
}

export interface ReadResourceResponse {
  /** null: the object is proven to be gone. */
  readonly state: ValueObject | null;
  readonly private: Uint8Array;
  readonly identity: ValueObject | undefined;
  readonly deferred: DeferralReason | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Refreshes state. Whatever fails leaves the state as it was. */
export async function readResource(
  server: ProviderServer,
  resource: CompiledResource,
  request: ReadResourceRequest,
): Promise<ReadResourceResponse> {
  const { definition, schema, typeName } = resource;
  const diagnostics = new Diagnostics();
  const privateState = PrivateState.decode(request.private);
  const identityData = new ObjectIdentity(resource, request.currentIdentity);
  const deferral = new CallDeferral(request.deferralAllowed ?? false, server.deferred);
  const prior = request.state;
  let state = prior;
  if (prior && !server.deferred) {
    const answer = await server.run(diagnostics, () =>
      withTimeout(schema, prior, "read", request.signal, (signal) =>
        definition.read({
          ...server.context(diagnostics, signal),
          state: prior as never,
          private: privateState,
          identityData,
          deferral,
        }),
      ),
    );
    const read = answer && withoutWriteOnly(schema, answer as ValueObject);
    if (read === null) state = null;
    else if (read !== undefined && !diagnostics.hasErrors && conforms(typeName, read as ValueObject, schema.type, diagnostics)) {
      const kept = semanticEquality(schema, prior, read as ValueObject);
      resultIsKnown(typeName, kept, diagnostics);
      identityStays(resource, identityBefore(resource, request), identityData.of(kept), diagnostics);
      identityIsThere(resource, identityData.of(kept), diagnostics);
      state = diagnostics.hasErrors ? prior : kept;
    }
  }
  return {
    state,
    private: state ? privateState.encode() : new Uint8Array(),
    identity: identityData.of(state),
    deferred: deferral.reason,
    diagnostics: diagnostics.items,
  };
}

/** State of an engine without identities tells the identity all the same where it is made of attributes. */
const identityBefore = ({ identity }: CompiledResource, { state, currentIdentity }: ReadResourceRequest) =>
  identity && !identity.own ? identityOf(identity, state) : currentIdentity;
