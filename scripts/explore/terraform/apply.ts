import { unknown } from "../../../src/bridge/cty/index.js";
import { referencesOf, type Scope } from "./configuration.js";
import { visit } from "./graph.js";
import { incompatibilities } from "./object-change.js";
import type { Plan } from "./plan.js";
import { type Change, ResourceInstance } from "./resource-instance.js";
import type { State } from "./state.js";
import { TERRAFORM_DATA } from "./terraform-data.js";
import type { Walk } from "./walk.js";

/** The apply walk: what is destroyed goes before what depended on it is changed, and each change is planned again with what is known by then. */
export async function apply(walk: Walk, plan: Plan, state: State): Promise<void> {
  state.replaceAll(plan.refreshed);
  const applier = new Applier(walk, plan, state);
  await visit(applier.edges(), (node) => walk.node(node, () => applier.node(node)));
}

const destroyNode = (address: string): string => `${address} (destroy)`;

class Applier {
  constructor(
    readonly walk: Walk,
    readonly plan: Plan,
    readonly state: State,
  ) {}

  /** Terraform's edges: creators after their references, after their own destroyer, and after the destroyers of what they depended on; destroyers after those of their dependants. */
  edges(): Map<string, string[]> {
    const { changes, configuration } = this.plan;
    const destroyed = new Set(
      [...changes.values()].filter(({ action }) => action === "delete" || action === "replace").map(({ address }) => address),
    );
    const edges = new Map<string, string[]>();
    for (const { address, action, prior } of changes.values()) {
      const dependencies = prior?.dependencies ?? [];
      if (action !== "delete") {
        const block = configuration.resources.get(address);
        edges.set(address, [
          ...(block ? referencesOf(block) : []),
          ...[...dependencies, address].filter((other) => destroyed.has(other)).map(destroyNode),
        ]);
      }
      if (!destroyed.has(address)) continue;
      const dependants = [...destroyed].filter((other) => changes.get(other)?.prior?.dependencies.includes(address));
      edges.set(destroyNode(address), dependants.map(destroyNode));
    }
    return edges;
  }

  async node(node: string): Promise<boolean> {
    const address = node.replace(/ \(destroy\)$/, "");
    const change = this.plan.changes.get(address);
    if (!change) return true;
    return address === node ? this.#write(change) : this.#destroy(change);
  }

  async #destroy(change: Change): Promise<boolean> {
    const { address, prior } = change;
    const alias = change.action === "delete" ? change.provider : (prior?.provider ?? change.provider);
    const stored = this.state.instances.get(address) ?? null;
    const destroyed = { ...change, planned: null, prior: stored, action: "delete" as const };
    return this.#store(address, new ResourceInstance(this.walk, address, alias), destroyed, null);
  }

  async #write(change: Change): Promise<boolean> {
    const { address, dependencies } = change;
    const block = this.plan.configuration.resources.get(address);
    if (!block || change.action === "no-op") return true;
    const instance = new ResourceInstance(this.walk, address, change.provider);
    const config = await instance.config(block, this.#scope);
    const prior = this.state.instances.get(address) ?? null;
    const again = await instance.plan(config, prior, dependencies);
    if (!again || !(await this.#isAsPlanned(change, again))) return false;
    if (again.action === "no-op") return true;
    return this.#store(address, instance, again, config);
  }

  async #isAsPlanned({ address, planned, action }: Change, again: Change): Promise<boolean> {
    const expected = action === "replace" ? "create" : action;
    const actionChanged = again.action !== expected && !(expected === "update" && again.action === "no-op");
    const { schema } = address.startsWith(TERRAFORM_DATA)
      ? { schema: undefined }
      : await this.walk.schemas.resource(address.split(".")[0] ?? "");
    const wrong = schema && planned && again.planned ? incompatibilities(schema, planned, again.planned) : [];
    if (actionChanged) wrong.push(`changed the planned action from ${expected} to ${again.action}`);
    if (wrong.length > 0)
      this.walk.telling.error("Provider produced inconsistent final plan", `${wrong.join("; ")}. This is a bug in the provider.`, address);
    return wrong.length === 0;
  }

  async #store(
    address: string,
    instance: ResourceInstance,
    change: Change,
    config: Parameters<ResourceInstance["apply"]>[1],
  ): Promise<boolean> {
    const { instance: stored, failed } = await instance.apply(change, config);
    if (this.walk.killed) return false;
    this.state.set(address, stored);
    return !failed;
  }

  /** During an apply a reference is to what is stored by now. */
  readonly #scope: Scope = (address) => this.state.instances.get(address)?.value ?? unknown;
}
