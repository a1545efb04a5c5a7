import type { Provider } from "../../../src/bridge/framework/provider.js";
import type { Configuration } from "../terraform/configuration.js";
import { isEmpty, type Plan, type PlanOptions } from "../terraform/plan.js";
import type { Instances } from "../terraform/state.js";
import { type CommandResult, Terraform } from "../terraform/terraform.js";
import type { Network } from "../world/network.js";
import type { VirtualTime } from "../world/virtual-time.js";
import type { Driver, InstanceView, Outcome, SavedPlan, Values } from "./driver.js";

/** Terraform's calls without Terraform: thousands of commands a minute, and the same again for the same dice. */
export class InProcessDriver implements Driver {
  readonly #terraform: Terraform;

  constructor(
    provider: Provider,
    network: Network,
    readonly time: VirtualTime,
  ) {
    this.#terraform = new Terraform(provider, network);
    network.install();
  }

  instances(): readonly InstanceView[] {
    return viewsOf(this.#terraform.state.instances);
  }

  async plan(configuration: Configuration, options: PlanOptions = {}): Promise<SavedPlan> {
    const result = await this.time.run(() => this.#terraform.plan(configuration, options));
    return { outcome: outcomeOf(result), plan: result.plan };
  }

  async apply(configuration: Configuration, options: PlanOptions = {}, saved?: SavedPlan): Promise<Outcome> {
    return outcomeOf(await this.time.run(() => this.#terraform.apply(configuration, options, saved?.plan as Plan | undefined)));
  }

  async import(configuration: Configuration, address: string, id: string): Promise<Outcome> {
    return outcomeOf(await this.time.run(() => this.#terraform.import(configuration, address, id)));
  }

  async stateRm(address: string): Promise<void> {
    this.#terraform.stateRm(address);
  }

  async taint(address: string): Promise<void> {
    this.#terraform.taint(address);
  }

  async close(): Promise<void> {
    // Nothing is open.
  }
}

const viewsOf = (instances: Instances): InstanceView[] =>
  [...instances].map(([address, { value, private: kept, tainted }]) => ({
    address,
    values: value as Values,
    private: Buffer.from(kept).toString("utf8"),
    tainted,
  }));

const outcomeOf = ({ plan, telling, killed }: CommandResult): Outcome => ({
  told: telling.items,
  failed: telling.hasErrors || killed,
  killed,
  changes: new Map(
    [...(plan?.changes ?? [])].map(([address, { action, prior }]) => [
      address,
      { action, before: (prior?.value ?? null) as Values | null },
    ]),
  ),
  empty: plan !== undefined && !plan.errored && isEmpty(plan),
  refreshed: plan ? viewsOf(plan.refreshed) : [],
});
