import type { ValueObject } from "../../cty/index.js";
import { type Diagnostic, Diagnostics } from "../diagnostics.js";
import { identityOf } from "../identity.js";
import { conforms, identityStays, resultIsKnown } from "../laws.js";
import { keepMeaning } from "../meaning.js";
import { withoutWriteOnly } from "../plan/write-only.js";
import { PrivateState } from "../private-state.js";
import type { CompiledResource, ProviderServer } from "../provider-server.js";

export interface ReadResourceRequest {
  readonly state: ValueObject | null;
  readonly private: Uint8Array;
  readonly signal: AbortSignal;
}

export interface ReadResourceResponse {
  /** null: the object is proven to be gone. */
  readonly state: ValueObject | null;
  readonly private: Uint8Array;
  readonly identity: ValueObject | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** Refreshes state. Whatever fails leaves the state as it was. */
export async function readResource(
  server: ProviderServer,
  resource: CompiledResource,
  request: ReadResourceRequest,
): Promise<ReadResourceResponse> {
  const { definition, schema, typeName, identity } = resource;
  const diagnostics = new Diagnostics();
  const privateState = PrivateState.decode(request.private);
  const prior = request.state;
  let state = prior;
  if (prior) {
    const answer = await server.run(diagnostics, () =>
      definition.read({ provider: server.data, diagnostics, signal: request.signal, state: prior as never, private: privateState }),
    );
    const read = answer && withoutWriteOnly(schema, answer as ValueObject);
    if (read === null) state = null;
    else if (read !== undefined && !diagnostics.hasErrors && conforms(typeName, read as ValueObject, schema.type, diagnostics)) {
      const kept = keepMeaning(schema, prior, read as ValueObject);
      resultIsKnown(typeName, kept, diagnostics);
      identityStays(resource, prior, kept, diagnostics);
      state = diagnostics.hasErrors ? prior : kept;
    }
  }
  return {
    state,
    private: state ? privateState.encode() : new Uint8Array(),
    identity: identity && identityOf(identity, state),
    diagnostics: diagnostics.items,
  };
}
