import type { Driver, InstanceView, Outcome, SavedPlan } from "../drivers/driver.js";
import type { Configuration } from "../terraform/configuration.js";
import type { PlanOptions } from "../terraform/plan.js";
import { Dice } from "../world/dice.js";
import type { Fault } from "../world/faults.js";
import { FIRST_ORG, type Pangolin, type Write } from "../world/pangolin.js";
import type { VirtualTime } from "../world/virtual-time.js";
import { configurationOf, GRANT, KEY, SET } from "./configuration-of.js";
import { Ghost } from "./ghost.js";
import { checkCommand } from "./invariants/command.js";
import { checkMessages } from "./invariants/messages.js";
import { checkNothingForgotten } from "./invariants/nothing-forgotten.js";
import { checkStrangers } from "./invariants/strangers.js";
import { checkTokens } from "./invariants/tokens.js";
import { KEYS, type Model, newModel, ownerOf, problemsOf } from "./model.js";

/** What a command was, for what has to hold after it. */
export interface Played {
  readonly command: "plan" | "apply" | "import";
  readonly outcome: Outcome;
  readonly before: readonly InstanceView[];
  readonly aliveBefore: ReadonlySet<string>;
  readonly writes: readonly Write[];
  readonly options: PlanOptions;
  /** Whether a fault met one of its requests, or is still there. */
  readonly faulty: boolean;
}

export interface Command {
  readonly faults: readonly Fault[];
  /** Of the order of what runs at once. */
  readonly schedule: number;
}

const UNDISTURBED: Command = { faults: [], schedule: 1 };
export const ENDPOINTS = ["http://pangolin.test/v1", "http://pangolin.example/v1"] as const;

/** Everything that happens between the first configuration and the last destroy, and who watches it. */
export class Life {
  readonly ghost = new Ghost();
  model: Model = newModel();
  saved: { readonly plan: SavedPlan; readonly configuration: Configuration } | undefined;
  /** Which of the server's names the provider is configured with. */
  endpoint: string = ENDPOINTS[0];
  applies = 0;
  #dice = new Dice(1);

  constructor(
    readonly pangolin: Pangolin,
    readonly driver: Driver,
    readonly time: Pick<VirtualTime, "now" | "advance">,
    readonly endpointOf: (endpoint: string) => string = (endpoint) => endpoint,
  ) {
    for (const permissions of [["listSites"], []]) {
      const id = pangolin.mintAsPerson(FIRST_ORG, "ci", permissions);
      this.ghost.strangers.push(id);
      this.ghost.strangersHold.set(id, permissions);
    }
  }

  get dice(): Dice {
    return this.#dice;
  }

  configuration(model = this.model): Configuration {
    const provider = { endpoint: this.endpointOf(this.endpoint), api_key: this.pangolin.rootKey };
    return configurationOf(model, this.ghost.strangers, { "": provider, second: provider });
  }

  isAlive(keyId: unknown): boolean {
    return typeof keyId === "string" && this.pangolin.store.key(keyId) !== undefined;
  }

  held(keyId: unknown): readonly string[] {
    return (typeof keyId === "string" && this.pangolin.store.key(keyId)?.actions) || [];
  }

  instance(address: string): InstanceView | undefined {
    return this.driver.instances().find((instance) => instance.address === address);
  }

  /** `terraform plan`; the plan may be saved. */
  async plan(options: PlanOptions = {}, command = UNDISTURBED): Promise<SavedPlan> {
    let made: SavedPlan | undefined;
    await this.#command("plan", command, options, async () => {
      made = await this.driver.plan(this.configuration(), options);
      return made.outcome;
    });
    if (!made) throw new Error("There is no plan.");
    return made;
  }

  apply(options: PlanOptions = {}, command = UNDISTURBED): Promise<Outcome> {
    this.applies++;
    return this.#command("apply", command, options, () => this.driver.apply(this.configuration(), options));
  }

  /** Of a plan that was made before. */
  async applySaved(command: Command): Promise<Outcome | undefined> {
    const { saved } = this;
    if (!saved) return undefined;
    this.saved = undefined;
    this.applies++;
    return this.#command("apply", command, {}, () => this.driver.apply(saved.configuration, {}, saved.plan));
  }

  import(address: string, id: string, command: Command): Promise<Outcome> {
    return this.#command("import", command, {}, () => this.driver.import(this.configuration(), address, id));
  }

  async #command(
    command: Played["command"],
    { faults, schedule }: Command,
    options: PlanOptions,
    work: () => Promise<Outcome>,
  ): Promise<Outcome> {
    this.#dice = new Dice(schedule);
    const before = this.driver.instances();
    const aliveBefore = new Set(this.pangolin.store.data.keys.map(({ apiKeyId }) => apiKeyId));
    const firstWrite = this.pangolin.writes.length;
    const faultsBefore = this.pangolin.faults.injected;
    this.pangolin.faults.add(faults);
    const outcome = await work();
    this.pangolin.faults.endOfCommand();
    const writes = this.pangolin.writes.slice(firstWrite);
    const faulty = this.pangolin.faults.any || this.pangolin.faults.injected > faultsBefore;
    const played: Played = { command, outcome, before, aliveBefore, writes, options, faulty };
    this.#observe(played);
    checkMessages(this, played);
    checkCommand(this, played);
    this.check();
    return outcome;
  }

  /** What has to hold after everything that happens. */
  check(): void {
    checkStrangers(this);
    checkNothingForgotten(this);
    checkTokens(this);
  }

  #observe({ outcome, writes, command, before, options }: Played): void {
    const { ghost } = this;
    ghost.hear(outcome.told);
    for (const { method, path, keyId, told, status } of writes)
      if (method === "PUT" && /\/api-key$/.test(path) && keyId !== undefined && status === 201) ghost.minted.set(keyId, { told });
    if (command !== "apply") return;
    ghost.wasPartial = ghost.isPartial;
    ghost.isPartial = outcome.failed || options.targets !== undefined || options.refresh === false;
    for (const key of KEYS) this.#observeKey(key, before);
  }

  /** A successor is born with what its predecessor held, and an argument that was taken away leaves what was there. */
  #observeKey(key: (typeof KEYS)[number], before: readonly InstanceView[]): void {
    const { ghost, model } = this;
    const address = `${KEY}.${key}`;
    const was = before.find((instance) => instance.address === address)?.values;
    const is = this.instance(address)?.values;
    if (was && is && was.key_id !== is.key_id) ghost.addForeign(String(is.key_id), ghost.foreign.get(String(was.key_id)) ?? []);
    if (ghost.unmanaged.has(key)) {
      for (const keyId of [is?.key_id, is?.previous_key_id]) if (typeof keyId === "string") ghost.addForeign(keyId, this.held(keyId));
      if (ownerOf(model, key) === "key" || (is && is.permissions === null)) ghost.unmanaged.delete(key);
    }
    // The argument has left, and nobody whom its alias sees has come in its place in the same apply: the permissions stay where they are.
    const holdsNow = [...Object.entries(model.grants), ...Object.entries(model.sets)].some(
      ([name, holder]) =>
        holder.key === key &&
        holder.provider === model.keys[key]?.provider &&
        [GRANT, SET].some((type) => this.instance(`${type}.${name}`)?.values.key_id === is?.key_id),
    );
    if (was && is && was.permissions !== null && is.permissions === null && !holdsNow)
      for (const keyId of [is.key_id, is.previous_key_id]) if (typeof keyId === "string") ghost.addForeign(keyId, this.held(keyId));
    const holders = [...Object.values(model.grants), ...Object.values(model.sets)];
    if (holders.some((holder) => holder.key === key && !holder.previous)) ghost.withoutPrevious.add(key);
  }

  get isValid(): boolean {
    return problemsOf(this.model).length === 0;
  }
}
