import { unknown, type ValueObject } from "../../../src/bridge/cty/index.js";
import { type Configuration, referencesOf, type Scope } from "./configuration.js";
import { closure, visit } from "./graph.js";
import { type Change, ResourceInstance } from "./resource-instance.js";
import type { InstanceObject, Instances } from "./state.js";
import type { Walk } from "./walk.js";

export interface PlanOptions {
  readonly mode?: "normal" | "destroy" | "refresh-only";
  /** `-refresh=false` */
  readonly refresh?: boolean;
  readonly targets?: readonly string[];
  /** `-replace` */
  readonly replace?: string;
}

export interface Plan {
  readonly configuration: Configuration;
  readonly options: PlanOptions;
  /** The serial of the state that it was made from. */
  readonly serial: number;
  /** The state as the refresh left it. */
  readonly refreshed: Instances;
  readonly changes: ReadonlyMap<string, Change>;
  readonly errored: boolean;
}

/** Nothing to do: what `-detailed-exitcode` says 0 to. */
export const isEmpty = ({ changes }: Plan): boolean => [...changes.values()].every(({ action }) => action === "no-op");

/** Checks the configuration alone: what comes from other resources is unknown. */
export async function validate(walk: Walk): Promise<boolean> {
  const { resources } = walk.configuration;
  const results = [...resources].map(([address, block]) =>
    walk.node(address, async () => {
      const instance = new ResourceInstance(walk, address, block.provider ?? "");
      return instance.validate(await instance.config(block, () => unknown));
    }),
  );
  return (await Promise.all(results)).every(Boolean);
}

/** The plan walk: refresh and plan each instance in the order of their references. */
export async function plan(walk: Walk, instances: Instances, serial: number, options: PlanOptions): Promise<Plan> {
  const planner = new Planner(walk, instances, options);
  await planner.walkConfiguration();
  if (!walk.telling.hasErrors && options.mode === "destroy") await planner.destroyAll();
  return {
    configuration: walk.configuration,
    options,
    serial,
    refreshed: planner.refreshed,
    changes: planner.changes,
    errored: walk.telling.hasErrors,
  };
}

class Planner {
  readonly refreshed: Map<string, InstanceObject>;
  readonly changes = new Map<string, Change>();

  constructor(
    readonly walk: Walk,
    readonly instances: Instances,
    readonly options: PlanOptions,
  ) {
    this.refreshed = new Map(instances);
  }

  async walkConfiguration(): Promise<void> {
    const { resources } = this.walk.configuration;
    const waitsFor = new Map<string, string[]>();
    for (const [address, block] of resources) waitsFor.set(address, referencesOf(block));
    for (const [address, { dependencies }] of this.instances) if (!resources.has(address)) waitsFor.set(address, [...dependencies]);
    const wanted = this.#targeted(waitsFor);
    for (const address of [...waitsFor.keys()]) if (!wanted.has(address)) waitsFor.delete(address);
    await visit(waitsFor, (address) => this.walk.node(address, () => this.#node(address)));
  }

  /** A destroy of a target takes along what depends on it; anything else takes along what the target depends on. */
  #targeted(waitsFor: ReadonlyMap<string, readonly string[]>): ReadonlySet<string> {
    const { targets = [], mode } = this.options;
    if (targets.length === 0) return new Set(waitsFor.keys());
    const dependants = (address: string) => [...waitsFor].flatMap(([other, before]) => (before.includes(address) ? [other] : []));
    return closure(targets, (address) => (mode === "destroy" ? dependants(address) : (waitsFor.get(address) ?? [])));
  }

  async #node(address: string): Promise<boolean> {
    const block = this.walk.configuration.resources.get(address);
    const stored = this.instances.get(address) ?? null;
    const instance = new ResourceInstance(this.walk, address, block ? (block.provider ?? "") : (stored?.provider ?? ""));
    const prior = stored && this.options.refresh !== false ? await instance.refresh(stored) : stored;
    if (prior === undefined) return false;
    if (prior) this.refreshed.set(address, prior);
    else this.refreshed.delete(address);
    if (this.options.mode === "refresh-only" || this.options.mode === "destroy") return true;
    const change = block
      ? await instance.plan(
          await instance.config(block, this.#scope),
          prior,
          [...closure(referencesOf(block), (other) => this.#referencesOf(other))],
          this.options.replace === address,
        )
      : prior && (await instance.planDestroy(prior));
    if (change === undefined) return false;
    if (change) this.changes.set(address, change);
    return true;
  }

  #referencesOf(address: string): readonly string[] {
    const block = this.walk.configuration.resources.get(address);
    return block ? referencesOf(block) : [];
  }

  /** During a plan a reference is to what is planned, or, where a resource is not planned, to what is stored. */
  readonly #scope: Scope = (address): ValueObject | typeof unknown =>
    this.changes.get(address)?.planned ?? this.refreshed.get(address)?.value ?? unknown;

  async destroyAll(): Promise<void> {
    const addresses = [...this.#targeted(new Map([...this.refreshed].map(([address, { dependencies }]) => [address, dependencies])))];
    await Promise.all(
      addresses.map((address) =>
        this.walk.node(address, async () => {
          const prior = this.refreshed.get(address);
          if (!prior) return true;
          const change = await new ResourceInstance(this.walk, address, prior.provider).planDestroy(prior);
          if (change) this.changes.set(address, change);
          return change !== undefined;
        }),
      ),
    );
  }
}
