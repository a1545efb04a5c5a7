import { isWhollyKnown, unknown, type Value, type ValueObject } from "../../cty/index.js";
import { conforms, identityIsThere, identityStays, resultIsKnown, resultKeepsPlan } from "../consistency.js";
import { type Diagnostic, Diagnostics } from "../diagnostics.js";
import { identityOf } from "../identity.js";
import { ObjectIdentity } from "../object-identity.js";
import { withoutWriteOnly } from "../plan/write-only.js";
import { PrivateState } from "../private-state.js";
import type { CompiledResource, ProviderServer } from "../provider-server.js";
import type { UpdateContext, WriteContext } from "../resource.js";
import { semanticEquality } from "../semantic-equality.js";
import { withTimeout } from "../timeouts.js";

export interface ApplyResourceChangeRequest {
  readonly config: ValueObject | null;
  readonly prior: ValueObject | null;
  /** null: destroy. */
  readonly planned: ValueObject | null;
  readonly plannedPrivate: Uint8Array;
  readonly plannedIdentity?: ValueObject | undefined;
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
  const kept: Kept = {
    private: PrivateState.decode(request.plannedPrivate),
    identityData: new ObjectIdentity(resource, request.plannedIdentity),
  };
  if (server.refuses(diagnostics)) return response(request.prior, kept, diagnostics);
  const state = request.planned
    ? await write(server, resource, request, request.planned, kept, diagnostics)
    : await remove(server, resource, request, kept, diagnostics);
  const answer = response(state, kept, diagnostics);
  if (request.prior && state) identityStays(resource, identityBefore(resource, request), answer.identity, diagnostics);
  if (state && !diagnostics.hasErrors) identityIsThere(resource, answer.identity, diagnostics);
  return { ...answer, diagnostics: diagnostics.items };
}

/** What Terraform keeps of an object beside its state. */
interface Kept {
  readonly private: PrivateState;
  readonly identityData: ObjectIdentity;
}

const identityBefore = ({ identity }: CompiledResource, { prior, plannedIdentity }: ApplyResourceChangeRequest) =>
  identity && !identity.own ? identityOf(identity, prior) : plannedIdentity;

async function write(
  server: ProviderServer,
  { definition, schema, typeName }: CompiledResource,
  { config, prior, signal }: ApplyResourceChangeRequest,
  planned: ValueObject,
  kept: Kept,
  diagnostics: Diagnostics,
): Promise<ValueObject | null> {
  let saved: ValueObject | null = prior;
  const context = {
    ...server.context(diagnostics, signal),
    config,
    planned,
    ...kept,
    save: (state: ValueObject) => {
      saved = withoutUnknowns(withoutWriteOnly(schema, state));
    },
  };
  const updates = prior !== null && definition.update !== undefined;
  const returned = await server.run(diagnostics, () =>
    withTimeout(schema, planned, updates ? "update" : "create", signal, async (limited) =>
      updates
        ? definition.update?.({ ...context, signal: limited, prior } as unknown as UpdateContext<never, unknown>)
        : definition.create({ ...context, signal: limited } as unknown as WriteContext<never, unknown>),
    ),
  );
  if (returned === undefined) return saved;
  const written = withoutWriteOnly(schema, returned as ValueObject);
  if (!conforms(typeName, written, schema.type, diagnostics)) return saved;
  const result = semanticEquality(schema, planned, written);
  resultIsKnown(typeName, result, diagnostics);
  resultKeepsPlan(typeName, schema, planned, result, diagnostics);
  return withoutUnknowns(result);
}

/** `undefined` from the callback is success and `run` gives the same for a failure, so success is told by a mark. */
async function remove(
  server: ProviderServer,
  { definition, schema }: CompiledResource,
  { prior, signal }: ApplyResourceChangeRequest,
  kept: Kept,
  diagnostics: Diagnostics,
): Promise<ValueObject | null> {
  if (!prior) return null;
  const deleted = await server.run(diagnostics, () =>
    withTimeout(schema, prior, "delete", signal, async (limited) => {
      await definition.delete({ ...server.context(diagnostics, limited), state: prior as never, ...kept });
      return true;
    }),
  );
  return deleted && !diagnostics.hasErrors ? null : prior;
}

const response = (state: ValueObject | null, kept: Kept, { items }: Diagnostics): ApplyResourceChangeResponse => ({
  state,
  private: state ? kept.private.encode() : new Uint8Array(),
  identity: kept.identityData.of(state),
  diagnostics: items,
});

/** Stored state holds no unknown value; what never became known is null. */
const withoutUnknowns = (state: ValueObject): ValueObject =>
  isWhollyKnown(state)
    ? state
    : Object.fromEntries(
        Object.entries(state).map(([name, value]): [string, Value] => [name, value === unknown || !isWhollyKnown(value) ? null : value]),
      );
