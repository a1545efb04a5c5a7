import * as fc from "fast-check";
import type { Provider } from "../../src/bridge/framework/provider.js";
import { type Attack, describe } from "./attack.js";
import { connectionAttack } from "./frames.js";
import { requestsOf } from "./requests.js";
import { streamAttack } from "./streams.js";
import { Subject } from "./subject.js";

export interface FuzzOptions {
  readonly executable: string;
  /** The provider that the executable serves. Attacks are generated from its names and types. */
  readonly provider: Provider;
  /** Folder for sockets and for files that the provider writes. */
  readonly folder: string;
  readonly count: number;
  readonly seconds: number;
  readonly seed: number;
  /** Longest time that a call may take, in milliseconds. */
  readonly deadlineMs: number;
  /** Whether to check the limits of memory and handles. A short run says nothing about them. */
  readonly growth: boolean;
}

export interface FuzzReport {
  /** Number of attacks by kind and outcome. */
  readonly outcomes: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly attacks: number;
  /** Bytes after the warm-up and at the end; undefined where the system does not report them. */
  readonly residentMiB: readonly (number | undefined)[];
  /** Number at the beginning and at the end. */
  readonly handles: readonly (number | undefined)[];
  /** The first failure, with the shrunk attack that causes it. */
  readonly failure: string | undefined;
}

const BATCHES = 40;
/** V8 grows its heap during the first quarter. */
const WARM_UP = BATCHES / 4;
const MAX_GROWTH_MIB = 128;
/** The second connection, and some for the runtime. */
const MAX_MORE_HANDLES = 2;

/** Attacks a running provider in batches, and checks after each batch that it still works as before. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const run = new Run(options);
  try {
    const failure = await run.failure();
    const { outcomes, attacks, residentMiB, handles } = run;
    return { outcomes, attacks, residentMiB, handles, failure };
  } finally {
    await run.subject.end();
  }
}

class Run {
  readonly outcomes: Record<string, Record<string, number>> = {};
  attacks = 0;
  readonly residentMiB: (number | undefined)[] = [];
  readonly handles: (number | undefined)[] = [];
  readonly subject: Subject;

  constructor(readonly options: FuzzOptions) {
    this.subject = new Subject(options.executable, options.folder, options.deadlineMs);
  }

  async failure(): Promise<string | undefined> {
    const { provider, seconds, growth } = this.options;
    const end = Date.now() + seconds * 1000;
    const attacks: fc.Arbitrary<Attack> = fc.oneof(
      { weight: 10, arbitrary: await requestsOf(provider) },
      { weight: 2, arbitrary: streamAttack },
      { weight: 1, arbitrary: connectionAttack },
    );
    await this.subject.check();
    this.handles[0] = await this.subject.handles();
    for (let batch = 0; batch < BATCHES && Date.now() < end; batch++) {
      const failure = (await this.#batch(attacks, batch, end)) ?? (growth ? this.#growth(batch) : undefined);
      if (failure !== undefined) return failure;
    }
    if (!growth) return undefined;
    const most = (this.handles[0] ?? 0) + MAX_MORE_HANDLES;
    this.handles[1] = await this.subject.handles(most);
    return (this.handles[1] ?? 0) > most ? `handles grew from ${this.handles[0]} to ${this.handles[1]}` : undefined;
  }

  async #batch(attacks: fc.Arbitrary<Attack>, batch: number, end: number): Promise<string | undefined> {
    const seed = this.options.seed + batch;
    const result = await fc.check(
      fc.asyncProperty(attacks, (attack) => this.#suffer(attack)),
      {
        seed,
        numRuns: Math.ceil(this.options.count / BATCHES),
        interruptAfterTimeLimit: Math.max(1, end - Date.now()),
      },
    );
    const [smallest] = result.counterexample ?? [];
    if (result.failed && smallest)
      return `${messageOf(result.errorInstance)}\n  in the batch of the seed ${seed}, and at the smallest with ${describe(smallest)}`;
    try {
      await this.subject.check();
      return undefined;
    } catch (error) {
      return `${messageOf(error)}\n  after the batch of the seed ${seed}`;
    }
  }

  async #suffer(attack: Attack): Promise<void> {
    const outcome = await this.subject.suffer(attack);
    const counts = this.outcomes[attack.kind] ?? {};
    this.outcomes[attack.kind] = { ...counts, [outcome]: (counts[outcome] ?? 0) + 1 };
    this.attacks++;
  }

  #growth(batch: number): string | undefined {
    const now = this.subject.residentMiB();
    if (batch < WARM_UP) this.residentMiB[0] = Math.max(now ?? 0, this.residentMiB[0] ?? 0);
    this.residentMiB[1] = now;
    const [before = 0, after = 0] = this.residentMiB;
    if (after <= before + MAX_GROWTH_MIB) return undefined;
    return `resident memory grew from ${before.toFixed(0)} to ${after.toFixed(0)} MiB, by more than ${MAX_GROWTH_MIB} MiB`;
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
