import * as fc from "fast-check";
import type { Provider } from "../../src/bridge/framework/provider.js";
import { type Attack, describe } from "./attack.js";
import { connectionAttack } from "./frames.js";
import { requestsOf } from "./requests.js";
import { streamAttack } from "./streams.js";
import { Subject } from "./subject.js";

export interface FuzzOptions {
  readonly executable: string;
  /** What the executable serves: its names and types are what the attacks are made of. */
  readonly provider: Provider;
  /** For sockets and what the provider writes. */
  readonly folder: string;
  readonly count: number;
  readonly seconds: number;
  readonly seed: number;
  /** How long a call may take at most. */
  readonly deadlineMs: number;
  /** Whether memory and handles are held against their bounds; a short run says nothing of them. */
  readonly growth: boolean;
}

export interface FuzzReport {
  /** How many attacks of a kind ended in which way. */
  readonly outcomes: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly attacks: number;
  /** After the warm-up, and at the end; undefined where nobody tells. */
  readonly residentMiB: readonly (number | undefined)[];
  /** At the beginning and at the end. */
  readonly handles: readonly (number | undefined)[];
  /** The first failure, with the smallest attack that leads to it. */
  readonly failure: string | undefined;
}

const BATCHES = 40;
/** In the first quarter V8 makes its heap as large as it wants it. */
const WARM_UP = BATCHES / 4;
const MAX_GROWTH_MIB = 128;
/** The second connection, and a little for the runtime. */
const MAX_MORE_HANDLES = 2;

/** Throws attacks at a running provider, in batches after each of which it has to be as it was. */
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
