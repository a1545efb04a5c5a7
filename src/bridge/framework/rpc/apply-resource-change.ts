import { isWhollyKnown, unknown, type Value, type ValueObject } from "../../cty/index.js";
import { type Diagnostic, Diagnostics } from "../diagnostics.js";
import { identityOf } from "../identity.js";
import { conforms, identityStays, resultIsKnown, resultKeepsPlan } from "../laws.js";
import { keepMeaning } from "../meaning.js";
import { withoutWriteOnly } from "../plan/write-only.js";
import { PrivateState } from "../private-state.js";
import type { CompiledResource, ProviderServer } from "../provider-server.js";
import type { UpdateContext, WriteContext } from "../resource.js";

export interface ApplyResourceChangeRequest {
  readonly config: ValueObject | null;
  readonly prior: ValueObject | null;
  /** null: destroy. */
  readonly planned: ValueObject | null;
  readonly plannedPrivate: Uint8Array;
  readonly signal: AbortSignal;
}

export interface ApplyResourceChangeResponse {
  readonly state: ValueObject | null;
  readonly private: Uint8Array;
  readonly identity: ValueObject | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Creates, updates or deletes. Terraform stores what this returns, error or not: so the state that a callback
 * saved before it failed is always in the answer.
 */
export async function applyResourceChange(
  server: ProviderServer,
  resource: CompiledResource,
  request: ApplyResourceChangeRequest,
): Promise<ApplyResourceChangeResponse> {
  const diagnostics = new Diagnostics();
  const privateState = PrivateState.decode(request.plannedPrivate);
  if (server.stopped) {
    diagnostics.error("Stopped", "Terraform stopped the provider before this change was begun. Nothing was sent; run it again.");
    return response(resource, request.prior, privateState, diagnostics);
  }
  const state = request.planned
    ? await write(server, resource, request, request.planned, privateState, diagnostics)
    : await remove(server, resource, request, privateState, diagnostics);
  if (request.prior && state) identityStays(resource, request.prior, state, diagnostics);
  return response(resource, state, privateState, diagnostics);
}

async function write(
  server: ProviderServer,
  { definition, schema, typeName }: CompiledResource,
  { config, prior, signal }: ApplyResourceChangeRequest,
  planned: ValueObject,
  privateState: PrivateState,
  diagnostics: Diagnostics,
): Promise<ValueObject | null> {
  let saved: ValueObject | null = prior;
  const context = {
    provider: server.data,
    diagnostics,
    signal,
    config,
    planned,
    private: privateState,
    save: (state: ValueObject) => {
      saved = withoutUnknowns(withoutWriteOnly(schema, state));
    },
  };
  const returned = await server.run(diagnostics, () =>
    prior && definition.update
      ? definition.update({ ...context, prior } as unknown as UpdateContext<never, unknown>)
      : definition.create(context as unknown as WriteContext<never, unknown>),
  );
  if (returned === undefined) return saved;
  const written = withoutWriteOnly(schema, returned as ValueObject);
  if (!conforms(typeName, written, schema.type, diagnostics)) return saved;
  const result = keepMeaning(schema, planned, written);
  resultIsKnown(typeName, result, diagnostics);
  resultKeepsPlan(typeName, schema, planned, result, diagnostics);
  return withoutUnknowns(result);
}

/** `undefined` from the callback is success and `run` gives the same for a failure, so success is told by a mark. */
async function remove(
  server: ProviderServer,
  { definition }: CompiledResource,
  { prior, signal }: ApplyResourceChangeRequest,
  privateState: PrivateState,
  diagnostics: Diagnostics,
): Promise<ValueObject | null> {
  if (!prior) return null;
  const deleted = await server.run(diagnostics, async () => {
    await definition.delete({ provider: server.data, diagnostics, signal, state: prior as never, private: privateState });
    return true;
  });
  return deleted && !diagnostics.hasErrors ? null : prior;
}

function response(
  resource: CompiledResource,
  state: ValueObject | null,
  privateState: PrivateState,
  diagnostics: Diagnostics,
): ApplyResourceChangeResponse {
  return {
    state,
    private: state ? privateState.encode() : new Uint8Array(),
    identity: resource.identity && identityOf(resource.identity, state),
    diagnostics: diagnostics.items,
  };
}

/** Stored state holds no unknown value; what never became known is null. */
const withoutUnknowns = (state: ValueObject): ValueObject =>
  isWhollyKnown(state)
    ? state
    : Object.fromEntries(
        Object.entries(state).map(([name, value]): [string, Value] => [name, value === unknown || !isWhollyKnown(value) ? null : value]),
      );
