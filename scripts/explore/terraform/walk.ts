import { Gate } from "../../../src/integration-api/gate.js";
import type { Network } from "../world/network.js";
import type { Phase } from "../world/pangolin.js";
import type { Configuration } from "./configuration.js";
import { Telling } from "./diagnostics.js";
import { PluginCrashed, ProviderProcess, type ProviderSchemas, toWire } from "./provider-process.js";

/** Terraform's own `-parallelism`. */
const PARALLELISM = 10;

/** Terraform itself was killed: nobody hears of anything any more. */
export class TerraformKilled extends Error {}

/** One walk of a graph, with provider processes of its own, as each phase of a command has them. */
export class Walk {
  readonly telling: Telling;
  readonly #gate = new Gate(PARALLELISM);
  readonly #processes = new Map<string, Promise<ProviderProcess>>();
  readonly #started: ProviderProcess[] = [];
  #kill: () => void = () => undefined;
  readonly #killed = new Promise<never>((_, reject) => {
    this.#kill = () => reject(new TerraformKilled());
  });
  /** After an interrupt nothing new is begun. */
  stopped = false;
  killed = false;

  constructor(
    readonly schemas: ProviderSchemas,
    readonly network: Network,
    readonly configuration: Configuration,
    phase: Phase,
    telling = new Telling(),
  ) {
    this.telling = telling;
    network.pangolin.phase = phase;
    this.#killed.catch(() => undefined);
    network.onStrike = (strike, sender) => {
      if (strike === "kill-provider" && sender instanceof ProviderProcess) sender.kill();
      else if (strike === "kill-terraform") this.#die();
      else if (strike === "interrupt") void this.#interrupt();
    };
  }

  /** Runs what a phase does, and ends its processes. Throws {@link TerraformKilled}. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    try {
      const result = await Promise.race([work(), this.#killed]);
      await Promise.all(this.#started.map((process) => process.close()));
      return result;
    } catch (error) {
      if (error instanceof TerraformKilled) await Promise.all(this.#started.map((process) => process.abandon()));
      throw error;
    } finally {
      this.network.onStrike = () => undefined;
      this.network.pangolin.phase = "none";
    }
  }

  /** Runs one node of the graph, at most ten at a time. */
  async node(address: string, work: () => Promise<boolean>): Promise<boolean> {
    return this.#gate.run(async () => {
      if (this.stopped || this.killed) return false;
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof PluginCrashed)) throw error;
        this.telling.error("Plugin did not respond", error.message, address);
        return false;
      }
    });
  }

  /** The process of a provider block, started and configured when it is first needed. */
  process(alias: string): Promise<ProviderProcess> {
    let process = this.#processes.get(alias);
    if (!process) {
      process = this.#configure(alias);
      this.#processes.set(alias, process);
    }
    return process;
  }

  async #configure(alias: string): Promise<ProviderProcess> {
    const process = new ProviderProcess(this.schemas.provider, this.network);
    this.#started.push(process);
    const { attributes, type } = this.schemas.config;
    const given = this.configuration.providers[alias] ?? {};
    const config = Object.fromEntries(Object.keys(attributes).map((name) => [name, (given[name] ?? null) as never]));
    const validated = await process.call("ValidateProviderConfig", { config: toWire(config, type) });
    if (this.telling.take(validated.diagnostics, `provider.${alias}`)) return process;
    const configured = await process.call("ConfigureProvider", { terraformVersion: "1.11.4", config: toWire(config, type) });
    this.telling.take(configured.diagnostics, `provider.${alias}`);
    return process;
  }

  #die(): void {
    this.killed = true;
    this.telling.closed = true;
    this.network.pangolin.phase = "none";
    this.#kill();
  }

  async #interrupt(): Promise<void> {
    this.stopped = true;
    this.telling.error("execution halted", "Interrupt received.");
    await Promise.all(this.#started.filter(({ dead }) => !dead).map((process) => process.call("StopProvider", {})));
  }
}
