import type { Provider } from "../../../src/bridge/framework/provider.js";
import type { Network } from "../world/network.js";
import { apply } from "./apply.js";
import type { Configuration } from "./configuration.js";
import { Telling } from "./diagnostics.js";
import { type Plan, type PlanOptions, plan, validate } from "./plan.js";
import { ProviderSchemas } from "./provider-process.js";
import { ResourceInstance } from "./resource-instance.js";
import { State } from "./state.js";
import { TerraformKilled, Walk } from "./walk.js";

export interface CommandResult {
  readonly telling: Telling;
  /** undefined: there was none to be made. */
  readonly plan?: Plan | undefined;
  readonly killed: boolean;
}

/**
 * Terraform core without its language and its processes: the commands, the graph, and the order and the values of the
 * protocol's calls are those of Terraform 1.11; the provider runs in this process.
 */
export class Terraform {
  readonly state = new State();
  readonly #schemas: ProviderSchemas;

  constructor(
    provider: Provider,
    readonly network: Network,
  ) {
    this.#schemas = new ProviderSchemas(provider);
  }

  /** `terraform plan` */
  plan(configuration: Configuration, options: PlanOptions = {}): Promise<CommandResult> {
    return this.#command(async (telling, made) => made(await this.#plan(configuration, options, telling)));
  }

  /** `terraform apply`, of a saved plan where there is one. */
  apply(configuration: Configuration, options: PlanOptions = {}, saved?: Plan): Promise<CommandResult> {
    return this.#command(async (telling, hasPlan) => {
      const made = saved ?? (await this.#plan(configuration, options, telling));
      hasPlan(made);
      if (made.errored) return;
      if (made.serial !== this.state.serial) {
        telling.error(
          "Saved plan is stale",
          "The given plan file can no longer be applied because the state was changed by another operation.",
        );
        return;
      }
      if (made.options.mode === "refresh-only") this.state.replaceAll(made.refreshed);
      else {
        const walk = new Walk(this.#schemas, this.network, made.configuration, "apply", telling);
        await walk.run(() => apply(walk, made, this.state));
      }
    });
  }

  /** `terraform import` */
  import(configuration: Configuration, address: string, id: string): Promise<CommandResult> {
    return this.#command(async (telling) => {
      if (this.state.instances.has(address)) {
        telling.error("Resource already managed by Terraform", `${address} is in the state.`);
        return;
      }
      const walk = new Walk(this.#schemas, this.network, configuration, "import", telling);
      const alias = configuration.resources.get(address)?.provider ?? "";
      await walk.run(() =>
        walk.node(address, async () => {
          const imported = await new ResourceInstance(walk, address, alias).import(id);
          if (imported && !telling.hasErrors) this.state.set(address, imported);
          return imported !== undefined;
        }),
      );
    });
  }

  /** `terraform state rm` */
  stateRm(address: string): void {
    this.state.set(address, null);
  }

  /** `terraform taint` */
  taint(address: string): void {
    const instance = this.state.instances.get(address);
    if (instance) this.state.set(address, { ...instance, tainted: true });
  }

  async #command(work: (telling: Telling, made: (plan: Plan) => void) => Promise<void>): Promise<CommandResult> {
    const telling = new Telling();
    let plan: Plan | undefined;
    let killed = false;
    try {
      await work(telling, (made) => {
        plan = made;
      });
    } catch (error) {
      if (!(error instanceof TerraformKilled)) throw error;
      killed = true;
    }
    return { telling, plan, killed };
  }

  async #plan(configuration: Configuration, options: PlanOptions, telling: Telling): Promise<Plan> {
    const checking = new Walk(this.#schemas, this.network, configuration, "validate", telling);
    await checking.run(() => validate(checking));
    const { instances, serial } = this.state;
    if (telling.hasErrors) return { configuration, options, serial, refreshed: instances, changes: new Map(), errored: true };
    const walk = new Walk(this.#schemas, this.network, configuration, "plan", telling);
    return walk.run(() => plan(walk, instances, serial, options));
  }
}
