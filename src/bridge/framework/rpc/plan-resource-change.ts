import type { Path, ValueObject } from "../../cty/index.js";
import { invalidPlan, planKeepsConfig } from "../consistency.js";
import { CallDeferral, type DeferralReason } from "../deferral.js";
import { type Diagnostic, Diagnostics } from "../diagnostics.js";
import { ObjectIdentity } from "../object-identity.js";
import { identityAfter, privateAfter, semanticallyKept, storable } from "../outcome.js";
import { defaults } from "../plan/defaults.js";
import { meant } from "../plan/meant.js";
import { mapAttributes } from "../plan/members.js";
import { replacePaths } from "../plan/replace.js";
import { unknowns } from "../plan/unknowns.js";
import { withoutWriteOnly } from "../plan/write-only.js";
import { PrivateState } from "../private-state.js";
import type { CompiledResource, ProviderServer } from "../provider-server.js";
import type { PlanContext } from "../resource.js";
import { forCallback } from "../schema/doubles.js";
import { sameBesideTimeouts } from "../timeouts.js";

export interface PlanResourceChangeRequest {
  readonly config: ValueObject | null;
  readonly prior: ValueObject | null;
  /** Terraform's merge of configuration and prior state; null: destroy. */
  readonly proposed: ValueObject | null;
  readonly priorPrivate: Uint8Array;
  readonly priorIdentity?: ValueObject | undefined;
  readonly deferralAllowed?: boolean;
  readonly signal: AbortSignal;
}

export interface PlanResourceChangeResponse {
  readonly planned: ValueObject | null;
  readonly plannedPrivate: Uint8Array;
  readonly plannedIdentity: ValueObject | undefined;
  readonly requiresReplace: readonly Path[];
  readonly deferred: DeferralReason | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The planner, step by step. No step writes or reads a clock: Terraform runs it again at apply and compares.
 *
 * 1. a destroy is only asked about
 * 2. what is write-only is left out, and defaults, and what means the same as before is no reason to replace
 * 3. where anything differs, what the provider decides becomes unknown or is kept
 * 4. the resource's own modification
 * 5. replace paths
 * 6. consistency with the configuration
 */
export async function planResourceChange(
  server: ProviderServer,
  resource: CompiledResource,
  request: PlanResourceChangeRequest,
): Promise<PlanResourceChangeResponse> {
  const { config, prior, proposed } = request;
  const diagnostics = new Diagnostics();
  const privateState = PrivateState.decode(request.priorPrivate);
  const identityData = new ObjectIdentity(resource, request.priorIdentity);
  const deferral = new CallDeferral(request.deferralAllowed ?? false, server.deferred);
  if (!proposed || !config) return planDestroy(server, resource, request, privateState, identityData, deferral, diagnostics);

  const { schema, definition, typeName } = resource;
  const { attributes } = schema;
  const given = mapAttributes(attributes, defaults, { config, prior, planned: withoutWriteOnly(schema, proposed) });
  const withDefaults = prior ? mapAttributes(attributes, meant(!definition.update), { config, prior, planned: given }) : given;
  const differs = !prior || !sameBesideTimeouts(schema, prior, withDefaults);
  const computed = differs ? mapAttributes(attributes, unknowns, { config, prior, planned: withDefaults }) : withDefaults;

  const changed = { ...forCallback(schema, computed) };
  const asked = new Set<string>(
    definition.update ? [] : Object.values(attributes).flatMap(({ name, required, optional }) => (required || optional ? [name] : [])),
  );
  const plan = server.deferred && !definition.planWhenDeferred ? undefined : definition.plan?.bind(definition);
  await server.run(diagnostics, () =>
    plan?.({
      ...server.context(diagnostics, request.signal),
      config: forCallback(schema, config),
      prior: forCallback(schema, prior),
      planned: changed,
      private: privateState,
      identityData,
      deferral,
      requireReplace: (...names: string[]) => {
        for (const name of names) asked.add(name);
      },
    } as unknown as PlanContext<never, unknown>),
  );

  const { value, misfits } = storable(schema, changed, computed) ?? { value: null, misfits: [] };
  const fitting = value ? semanticallyKept(resource, computed, value, diagnostics) : computed;
  for (const misfit of misfits) invalidPlan(typeName, misfit, diagnostics);
  if (misfits.length === 0)
    planKeepsConfig(typeName, schema, config, prior ? semanticallyKept(resource, config, fitting, diagnostics) : fitting, diagnostics);
  const plannedPrivate = privateAfter(typeName, privateState, diagnostics);
  const plannedIdentity = identityAfter(resource, identityData, prior, diagnostics);
  return {
    planned: fitting,
    plannedPrivate,
    plannedIdentity,
    deferred: deferral.reason,
    requiresReplace: prior && !diagnostics.hasErrors ? replacePaths(schema, prior, fitting, asked) : [],
    diagnostics: diagnostics.items,
  };
}

async function planDestroy(
  server: ProviderServer,
  resource: CompiledResource,
  { prior, signal }: PlanResourceChangeRequest,
  privateState: PrivateState,
  identityData: ObjectIdentity,
  deferral: CallDeferral,
  diagnostics: Diagnostics,
): Promise<PlanResourceChangeResponse> {
  if (prior)
    await server.run(diagnostics, () =>
      resource.definition.planDestroy?.({
        ...server.context(diagnostics, signal),
        prior: forCallback(resource.schema, prior) as never,
        private: privateState,
        identityData,
      }),
    );
  const plannedPrivate = privateAfter(resource.typeName, privateState, diagnostics);
  const plannedIdentity = identityAfter(resource, identityData, prior, diagnostics);
  return {
    planned: null,
    plannedPrivate,
    plannedIdentity,
    deferred: deferral.reason,
    requiresReplace: [],
    diagnostics: diagnostics.items,
  };
}
