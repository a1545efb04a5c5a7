import { decodeMsgpack, encodeMsgpack, equal, type ValueObject } from "../../cty/index.js";
import { identityIsThere, identityStays, invalidValue, resultIsKnown, resultKeepsPlan } from "../consistency.js";
import { type Diagnostic, Diagnostics } from "../diagnostics.js";
import { identityOf } from "../identity.js";
import { ObjectIdentity } from "../object-identity.js";
import { identityAfter, NOTHING, privateAfter, type Storable, semanticallyKept, storable } from "../outcome.js";
import { PrivateState } from "../private-state.js";
import type { CompiledResource, ProviderServer } from "../provider-server.js";
import type { UpdateContext, WriteContext } from "../resource.js";
import { forCallback } from "../schema/doubles.js";
import { sameBesideTimeouts, withTimeout } from "../timeouts.js";
import { unknownAsNull } from "../unknown-as-null.js";

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
 * Creates, updates or deletes. Terraform stores what this returns, error or not: so the newest state that is known of the object is always in
 * the answer, whatever is wrong with it.
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
  const state = server.refuses(diagnostics)
    ? request.prior
    : request.planned
      ? await write(server, resource, request, request.planned, kept, diagnostics)
      : await remove(server, resource, request, kept, diagnostics);
  const hadErrors = diagnostics.hasErrors;
  const identity = identityAfter(resource, kept.identityData, state, diagnostics);
  if (request.prior && state) identityStays(resource, identityBefore(resource, request), identity, diagnostics);
  if (state && !hadErrors) identityIsThere(resource, identity, diagnostics);
  const bytes = state ? privateAfter(resource.typeName, kept.private, diagnostics) : new Uint8Array();
  return { state, private: bytes, identity, diagnostics: diagnostics.items };
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
  resource: CompiledResource,
  { config, prior, signal }: ApplyResourceChangeRequest,
  planned: ValueObject,
  kept: Kept,
  diagnostics: Diagnostics,
): Promise<ValueObject | null> {
  const { definition, schema, typeName } = resource;
  if (prior && !equal(prior, planned, schema.type) && sameBesideTimeouts(schema, prior, planned))
    return unknownAsNull(planned, schema.type);
  const before = prior ?? unknownAsNull(planned, schema.type);
  let saved: Storable = { value: prior, misfits: [] };
  const context = {
    ...server.context(diagnostics, signal),
    config: forCallback(schema, config),
    planned: forCallback(schema, planned),
    ...kept,
    save: (state: ValueObject) => {
      const given = storable(schema, state, before);
      const { value, misfits } = given ?? { ...saved, misfits: [NOTHING] };
      const kept = given && value ? semanticallyKept(resource, planned, value, diagnostics) : value;
      // As it is now, whatever becomes of the object that it was given as.
      saved = { value: kept && (decodeMsgpack(encodeMsgpack(kept, schema.type), schema.type) as ValueObject), misfits };
    },
  };
  const updates = prior !== null && definition.update !== undefined;
  const done = await server.run(diagnostics, () =>
    withTimeout(schema, planned, updates ? "update" : "create", signal, async (limited) => ({
      returned: updates
        ? await definition.update?.({ ...context, signal: limited, prior: forCallback(schema, prior) } as unknown as UpdateContext<
            never,
            unknown
          >)
        : await definition.create({ ...context, signal: limited } as unknown as WriteContext<never, unknown>),
    })),
  );
  const returned = done && storable(schema, done.returned, saved.value ?? before);
  const { value, misfits } = returned ?? saved;
  for (const misfit of misfits) invalidValue(typeName, misfit, diagnostics);
  if (done && !returned) invalidValue(typeName, NOTHING, diagnostics);
  if (!value || !returned) return value && unknownAsNull(value, schema.type);
  const result = semanticallyKept(resource, planned, value, diagnostics);
  resultIsKnown(typeName, result, diagnostics);
  if (misfits.length === 0) resultKeepsPlan(typeName, schema, planned, result, diagnostics);
  return unknownAsNull(result, schema.type);
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
      await definition.delete({ ...server.context(diagnostics, limited), state: forCallback(schema, prior) as never, ...kept });
      return true;
    }),
  );
  return deleted && !diagnostics.hasErrors ? null : prior;
}
