import { isWhollyKnown, type ValueObject } from "../../../src/bridge/cty/index.js";
import { evaluate, type ResourceBlock, type Scope } from "./configuration.js";
import { incompatibilities, isNoChange, planErrors, proposedNew } from "./object-change.js";
import { identityFromWire, identityToWire, objectFromWire, toWire } from "./provider-process.js";
import type { InstanceObject } from "./state.js";
import { applyTerraformData, planTerraformData, TERRAFORM_DATA, TYPES } from "./terraform-data.js";
import type { Walk } from "./walk.js";

export type Action = "no-op" | "create" | "update" | "replace" | "delete";

export interface Change {
  readonly address: string;
  readonly action: Action;
  /** As the refresh left it. */
  readonly prior: InstanceObject | null;
  /** null: to be destroyed. */
  readonly planned: ValueObject | null;
  readonly plannedPrivate: Uint8Array;
  readonly plannedIdentity: ValueObject | undefined;
  readonly provider: string;
  readonly dependencies: readonly string[];
}

const CAPABILITIES = { deferralAllowed: false, writeOnlyAttributesAllowed: true };
const NO_BYTES = new Uint8Array();

/** What Terraform core does with one instance of a resource. `undefined` from a step: it failed, and why is told. */
export class ResourceInstance {
  readonly #typeName: string;

  constructor(
    readonly walk: Walk,
    readonly address: string,
    readonly alias: string,
  ) {
    this.#typeName = address.split(".")[0] ?? "";
  }

  get #isBuiltIn(): boolean {
    return this.#typeName === TERRAFORM_DATA;
  }

  async config(block: ResourceBlock, scope: Scope): Promise<ValueObject> {
    return evaluate(block, this.#isBuiltIn ? TYPES : (await this.#schemas()).schema.type.attributes, scope);
  }

  async validate(config: ValueObject): Promise<boolean> {
    if (this.#isBuiltIn) return true;
    const { schema } = await this.#schemas();
    const process = await this.walk.process(this.alias);
    const { diagnostics } = await process.call("ValidateResourceConfig", {
      typeName: this.#typeName,
      config: toWire(config, schema.type),
      clientCapabilities: CAPABILITIES,
    });
    return !this.walk.telling.take(diagnostics, this.address);
  }

  /** null: the object is gone. */
  async refresh(instance: InstanceObject): Promise<InstanceObject | null | undefined> {
    if (this.#isBuiltIn) return instance;
    const { schema, identity } = await this.#schemas();
    const process = await this.walk.process(this.alias);
    const currentIdentity = identityToWire(identity, instance.identity);
    const response = await process.call("ReadResource", {
      typeName: this.#typeName,
      currentState: toWire(instance.value, schema.type),
      private: instance.private,
      clientCapabilities: CAPABILITIES,
      ...(currentIdentity && { currentIdentity }),
    });
    if (this.walk.telling.take(response.diagnostics, this.address)) return undefined;
    const value = objectFromWire(response.newState, schema.type);
    return (
      value && {
        ...instance,
        value,
        private: response.private ?? NO_BYTES,
        identity: identityFromWire(identity, response.newIdentity) ?? instance.identity,
      }
    );
  }

  /** What the configuration makes of an instance, or of none. */
  async plan(
    config: ValueObject,
    prior: InstanceObject | null,
    dependencies: readonly string[],
    replace = false,
  ): Promise<Change | undefined> {
    const whole = { address: this.address, prior, provider: this.alias, dependencies };
    if (this.#isBuiltIn) return this.#planBuiltIn(config, whole);
    if (!(await this.validate(config))) return undefined;
    const first = await this.#ask(config, prior?.tainted ? null : prior);
    if (!first) return undefined;
    if (!prior) return { ...whole, ...first, action: "create" };
    if (prior.tainted) return { ...whole, ...first, action: "replace" };
    const { schema } = await this.#schemas();
    if (first.replaces || replace) {
      // The private state of the first plan goes into the second.
      const again = await this.#ask(config, null, first.plannedPrivate);
      return again && { ...whole, ...again, action: "replace" };
    }
    return { ...whole, ...first, action: isNoChange(schema, prior.value, first.planned) ? "no-op" : "update" };
  }

  #planBuiltIn(config: ValueObject, whole: Omit<Change, "action" | "planned" | "plannedPrivate" | "plannedIdentity">): Change {
    const { prior } = whole;
    const { planned, replaces } = planTerraformData(prior?.value ?? null, config);
    const same = prior !== null && JSON.stringify(planned) === JSON.stringify(prior.value) && isWhollyKnown(planned);
    const action = !prior ? "create" : replaces ? "replace" : same ? "no-op" : "update";
    return { ...whole, planned, plannedPrivate: NO_BYTES, plannedIdentity: undefined, action };
  }

  async #ask(config: ValueObject, prior: InstanceObject | null, priorPrivate = prior?.private ?? NO_BYTES) {
    const { schema, identity } = await this.#schemas();
    const process = await this.walk.process(this.alias);
    const priorIdentity = identityToWire(identity, prior?.identity);
    const response = await process.call("PlanResourceChange", {
      typeName: this.#typeName,
      priorState: toWire(prior?.value ?? null, schema.type),
      proposedNewState: toWire(proposedNew(schema, prior?.value ?? null, config), schema.type),
      config: toWire(config, schema.type),
      priorPrivate,
      clientCapabilities: CAPABILITIES,
      ...(priorIdentity && { priorIdentity }),
    });
    if (this.walk.telling.take(response.diagnostics, this.address)) return undefined;
    const planned = objectFromWire(response.plannedState, schema.type);
    if (!planned) return this.#broken("Provider produced invalid plan", "planned to destroy what is configured");
    const errors = planErrors(schema, prior?.value ?? null, config, planned);
    if (errors.length > 0) return this.#broken("Provider produced invalid plan", errors.join("; "));
    return {
      planned,
      plannedPrivate: response.plannedPrivate ?? NO_BYTES,
      plannedIdentity: identityFromWire(identity, response.plannedIdentity),
      replaces: (response.requiresReplace ?? []).length > 0,
    };
  }

  async planDestroy(prior: InstanceObject): Promise<Change | undefined> {
    const change = { address: this.address, prior, provider: this.alias, dependencies: prior.dependencies, planned: null } as const;
    if (this.#isBuiltIn) return { ...change, action: "delete", plannedPrivate: NO_BYTES, plannedIdentity: undefined };
    const { schema, identity } = await this.#schemas();
    const process = await this.walk.process(this.alias);
    const priorIdentity = identityToWire(identity, prior.identity);
    const response = await process.call("PlanResourceChange", {
      typeName: this.#typeName,
      priorState: toWire(prior.value, schema.type),
      proposedNewState: toWire(null, schema.type),
      config: toWire(null, schema.type),
      priorPrivate: prior.private,
      clientCapabilities: CAPABILITIES,
      ...(priorIdentity && { priorIdentity }),
    });
    if (this.walk.telling.take(response.diagnostics, this.address)) return undefined;
    return { ...change, action: "delete", plannedPrivate: response.plannedPrivate ?? NO_BYTES, plannedIdentity: undefined };
  }

  /** What Terraform stores afterwards, and whether there was an error. */
  async apply(change: Change, config: ValueObject | null): Promise<{ readonly instance: InstanceObject | null; readonly failed: boolean }> {
    const { prior, planned, dependencies } = change;
    if (this.#isBuiltIn) {
      const value = planned && applyTerraformData(planned, `data-${this.walk.network.pangolin.requests}`);
      return { instance: value && this.#instance(change, value, NO_BYTES, undefined), failed: false };
    }
    const { schema, identity } = await this.#schemas();
    const process = await this.walk.process(this.alias);
    const plannedIdentity = identityToWire(identity, change.plannedIdentity);
    const response = await process.call("ApplyResourceChange", {
      typeName: this.#typeName,
      priorState: toWire(prior?.value ?? null, schema.type),
      plannedState: toWire(planned, schema.type),
      config: toWire(config, schema.type),
      plannedPrivate: change.plannedPrivate,
      ...(plannedIdentity && { plannedIdentity }),
    });
    let failed = this.walk.telling.take(response.diagnostics, this.address);
    const value = objectFromWire(response.newState, schema.type);
    if (!failed && planned) failed = !this.#isConsistent(schema, planned, value);
    if (!value) return { instance: failed ? prior && { ...prior, dependencies } : null, failed };
    const made = this.#instance(change, value, response.private ?? NO_BYTES, identityFromWire(identity, response.newIdentity));
    const tainted = failed && (change.action === "create" || (prior?.tainted ?? false));
    return { instance: { ...made, tainted }, failed };
  }

  #isConsistent(schema: Parameters<typeof incompatibilities>[0], planned: ValueObject, value: ValueObject | null): boolean {
    const wrong = !value
      ? ["the object is absent"]
      : isWhollyKnown(value)
        ? incompatibilities(schema, planned, value)
        : ["a value is still unknown"];
    if (wrong.length > 0) this.#broken("Provider produced inconsistent result after apply", wrong.join("; "));
    return wrong.length === 0;
  }

  #instance({ provider, dependencies }: Change, value: ValueObject, kept: Uint8Array, identity: ValueObject | undefined): InstanceObject {
    return { value, private: kept, identity, tainted: false, dependencies, provider };
  }

  async import(id: string): Promise<InstanceObject | undefined> {
    const { schema, identity } = await this.#schemas();
    const process = await this.walk.process(this.alias);
    const response = await process.call("ImportResourceState", { typeName: this.#typeName, id, clientCapabilities: CAPABILITIES });
    if (this.walk.telling.take(response.diagnostics, this.address)) return undefined;
    const [imported] = response.importedResources ?? [];
    const value = objectFromWire(imported?.state, schema.type);
    if (!imported || !value) return this.#broken("Provider produced an invalid import", "there is no imported object");
    const instance: InstanceObject = {
      value,
      private: imported.private ?? NO_BYTES,
      identity: identityFromWire(identity, imported.identity),
      tainted: false,
      dependencies: [],
      provider: this.alias,
    };
    const read = await this.refresh(instance);
    if (read === null) this.walk.telling.error("Cannot import non-existent remote object", `There is no ${id}.`, this.address);
    return read ?? undefined;
  }

  #broken(summary: string, detail: string): undefined {
    this.walk.telling.error(summary, `${detail}. This is a bug in the provider.`, this.address);
    return undefined;
  }

  #schemas() {
    return this.walk.schemas.resource(this.#typeName);
  }
}
