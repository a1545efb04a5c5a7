import type { ValueObject } from "../../cty/index.js";
import { identityIsThere, identityStays, resultIsKnown } from "../consistency.js";
import { CallDeferral, type DeferralReason } from "../deferral.js";
import { type Diagnostic, Diagnostics } from "../diagnostics.js";
import { identityOf } from "../identity.js";
import { ObjectIdentity } from "../object-identity.js";
import { identityAfter, privateAfter, semanticallyKept, wholeState } from "../outcome.js";
import { PrivateState } from "../private-state.js";
import type { CompiledResource, ProviderServer } from "../provider-server.js";
import { forCallback } from "../schema/doubles.js";
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
          state: forCallback(schema, prior) as never,
          private: privateState,
          identityData,
          deferral,
        }),
      ),
    );
    if (answer === null && !diagnostics.hasErrors) state = null;
    const read = answer !== null && answer !== undefined ? wholeState(resource, answer, diagnostics) : undefined;
    if (read && !diagnostics.hasErrors) {
      const kept = semanticallyKept(resource, prior, read, diagnostics);
      resultIsKnown(typeName, kept, diagnostics);
      const identity = identityAfter(resource, identityData, kept, diagnostics);
      identityStays(resource, identityBefore(resource, request), identity, diagnostics);
      identityIsThere(resource, identity, diagnostics);
      state = kept;
    }
  }
  const bytes = state ? privateAfter(typeName, privateState, diagnostics) : new Uint8Array();
  if (diagnostics.hasErrors)
    return {
      state: prior,
      private: request.private,
      identity: request.currentIdentity,
      deferred: deferral.reason,
      diagnostics: diagnostics.items,
    };
  return {
    state,
    private: bytes,
    identity: identityData.of(state),
    deferred: deferral.reason,
    diagnostics: diagnostics.items,
  };
}

/** State of an engine without identities tells the identity all the same where it is made of attributes. */
const identityBefore = ({ identity }: CompiledResource, { state, currentIdentity }: ReadResourceRequest) =>
  identity && !identity.own ? identityOf(identity, state) : currentIdentity;
