import * as fc from "fast-check";
import { Coverage } from "./coverage.js";
import { Find } from "./life/find.js";
import type { Life } from "./life/life.js";
import { destroy } from "./life/settle.js";
import { anyStep, isPossible, playStep } from "./life/steps/index.js";
import type { Step } from "./life/steps/step.js";
import { Hang } from "./world/virtual-time.js";

export interface ExploreOptions {
  readonly seed: number;
  readonly lives: number;
  /** Of each life, at most. */
  readonly steps: number;
  /** A life is ended by whoever is given it. */
  readonly begin: (seed: number) => Promise<Life>;
  /** Laws that are known to be broken, and are not reported. */
  readonly known?: readonly string[];
  /** How often a life that fails is played again to make it shorter. */
  readonly shrinks?: number;
  /** Ends after so many finds; each law is reported once. */
  readonly finds?: number;
  readonly onLife?: (number: number, found: ReportedFind | undefined) => void;
}

export interface ReportedFind {
  readonly seed: number;
  readonly law: string;
  readonly message: string;
  /** The smallest life that was found to lead there. */
  readonly script: readonly Step[];
}

export interface ExploreReport {
  readonly lives: number;
  readonly steps: number;
  readonly applies: number;
  readonly faults: number;
  readonly requests: number;
  readonly finds: readonly ReportedFind[];
  readonly coverage: Coverage;
}

/** What a life is at its end, whatever comes before: a destroy that leaves nothing. */
const END_SCHEDULE = 1;

/** Plays random lives, each of its own seed, and shrinks those that break a law. */
export async function explore(options: ExploreOptions): Promise<ExploreReport> {
  const run = new Run(options);
  for (let number = 0; number < options.lives && run.finds.length < (options.finds ?? 1); number++) {
    const found = await run.life(options.seed + number);
    options.onLife?.(number, found);
  }
  const { lives, steps, applies, faults, requests, finds, coverage } = run;
  return { lives, steps, applies, faults, requests, finds, coverage };
}

/** Plays one script. Throws what it finds. */
export async function replay(
  begin: ExploreOptions["begin"],
  seed: number,
  script: readonly Step[],
  trace: (step: Step, life: Life) => void,
): Promise<void> {
  const life = await begin(seed);
  try {
    for (const step of script) {
      if (!isPossible(life, step)) continue;
      trace(step, life);
      await playStep(life, step);
    }
    trace({ do: "destroy and begin again", schedule: END_SCHEDULE }, life);
    await destroy(life, END_SCHEDULE);
  } finally {
    await life.driver.close();
  }
}

class Run {
  readonly coverage = new Coverage();
  readonly finds: ReportedFind[] = [];
  lives = 0;
  steps = 0;
  applies = 0;
  faults = 0;
  requests = 0;

  constructor(readonly options: ExploreOptions) {}

  async life(seed: number): Promise<ReportedFind | undefined> {
    const { steps, known = [], shrinks = SHRINKS } = this.options;
    const passed = new Set([...known, ...this.finds.map(({ law }) => law)]);
    let smallest: { readonly find: Find; readonly script: readonly Step[] } | undefined;
    let plays = 0;
    const property = fc.asyncProperty(
      fc.commands([anyStep.map((step): LifeCommand => new StepCommand(step, steps))], { maxCommands: steps * DRAWN, size: "max" }),
      async (commands) => {
        if (++plays > shrinks) return;
        const script: Step[] = [];
        const find = await this.#play(seed, script, plays === 1, (life) =>
          fc.asyncModelRun(() => ({ model: life, real: { script } }), commands),
        );
        // While it shrinks, only the same law counts: another one would be another find.
        if (!find || passed.has(find.law) || (smallest && find.law !== smallest.find.law)) return;
        smallest = { find, script };
        throw find;
      },
    );
    await fc.check(property, { seed, numRuns: 1 });
    this.lives++;
    if (!smallest) return undefined;
    const { find, script } = await this.#withoutNeedless(seed, smallest);
    const found = { seed, law: find.law, message: find.message, script };
    this.finds.push(found);
    return found;
  }

  /** fast-check takes steps away from the front and in the middle in one go; this takes what is left one by one, and faults too. */
  async #withoutNeedless(seed: number, whole: { readonly find: Find; readonly script: readonly Step[] }): Promise<typeof whole> {
    let { find, script } = whole;
    const tryOut = async (shorter: readonly Step[]): Promise<boolean> => {
      const played: Step[] = [];
      const found = await this.#play(seed, played, false, async (life) => {
        for (const step of shorter) await new StepCommand(step, shorter.length).runIfPossible(life, { script: played });
      });
      if (found?.law !== find.law) return false;
      [find, script] = [found, played];
      return true;
    };
    for (let index = script.length - 1; index >= 0; index--) {
      if (await tryOut(script.filter((_, other) => other !== index))) continue;
      const faults = script[index]?.faults;
      if (Array.isArray(faults) && faults.length > 0)
        await tryOut(script.map((step, other) => (other === index ? { ...step, faults: [] } : step)));
    }
    return { find, script };
  }

  async #play(seed: number, script: readonly Step[], counts: boolean, steps: (life: Life) => Promise<void>): Promise<Find | undefined> {
    const life = await this.options.begin(seed);
    try {
      await steps(life);
      await destroy(life, END_SCHEDULE);
      return undefined;
    } catch (error) {
      if (error instanceof Find) return error;
      if (error instanceof Hang) return new Find("nothing hangs", error.message);
      // fast-check takes whatever is thrown for a counterexample, so that nothing else may pass for a life without one.
      return new Find("nothing crashes", error instanceof Error ? (error.stack ?? error.message) : String(error));
    } finally {
      if (counts) this.#count(life, script);
      await life.driver.close();
    }
  }

  #count({ applies, pangolin }: Life, script: readonly Step[]): void {
    this.steps += script.length;
    this.applies += applies;
    this.faults += pangolin.faults.injected;
    this.requests += pangolin.requests;
    script.forEach(({ do: kind }, index) => {
      this.coverage.note(kind, script[index - 1]?.do);
    });
  }
}

/** How often a life that fails is played again by fast-check to make it shorter. */
const SHRINKS = 80;
/** So many steps are drawn for each that is played: what is not possible is left out, and a drawn number may be small. */
const DRAWN = 3;

interface Played {
  /** The steps that were played. */
  readonly script: Step[];
}

type LifeCommand = fc.AsyncCommand<Life, Played>;

/** A step as fast-check's model-based testing knows it. The life is both: the model, and what runs. */
class StepCommand implements LifeCommand {
  constructor(
    readonly step: Step,
    readonly atMost: number,
  ) {}

  check(life: Readonly<Life>): boolean {
    return isPossible(life as Life, this.step);
  }

  async run(life: Life, { script }: Played): Promise<void> {
    if (script.length >= this.atMost) return;
    script.push(this.step);
    await playStep(life, this.step);
  }

  async runIfPossible(life: Life, played: Played): Promise<void> {
    if (this.check(life)) await this.run(life, played);
  }

  toString(): string {
    return JSON.stringify(this.step);
  }
}
