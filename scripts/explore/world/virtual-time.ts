/** Work waits for something that never comes. */
export class Hang extends Error {}

interface Timer {
  at: number;
  readonly fire: () => void;
  readonly every: number | undefined;
}

const real = {
  Date,
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  abortTimeout: AbortSignal.timeout,
  random: Math.random,
  performanceNow: performance.now.bind(performance),
};

/** A turn of the event loop, in real time. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** What computes in real time without asking anything, such as a first `import()`, gets so many milliseconds. */
const PATIENCE_MS = 20_000;
/** Turns without anything to do after which a wait is over: whoever is still busy is busy with promises only. */
const QUIET_TURNS = 2;
/** At first modules are loaded, in real time; so many runs wait so long. */
const COLD_RUNS = 12;
const COLD_QUIET_MS = 400;
let runs = 0;

/**
 * The time of a life. While work runs in it, timers and clocks are virtual: a wait of a retry takes no real time, and what
 * runs at once takes its turns in the order that the dice say, so that the same life is the same again.
 */
export class VirtualTime {
  readonly #timers = new Set<Timer>();
  #now: number;

  constructor(
    start: string,
    /** Does one thing that somebody waits for, and says whether there was one. */
    readonly serveOne: () => boolean,
    /** In the place of `Math.random`. */
    readonly random: () => number,
  ) {
    this.#now = real.Date.parse(start);
  }

  /** Milliseconds since 1970. */
  get now(): number {
    return this.#now;
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** Runs work until it is settled. Throws where it waits for something that never comes. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    const restore = this.#install();
    let settled = false;
    try {
      const result = work().finally(() => {
        settled = true;
      });
      result.catch(() => undefined);
      let quiet = 0;
      let quietSince = real.performanceNow();
      const isCold = runs++ < COLD_RUNS;
      const deadline = real.performanceNow() + PATIENCE_MS;
      while (!settled) {
        await turn();
        if (settled) break;
        const isQuiet = quiet++ > QUIET_TURNS && !(isCold && real.performanceNow() < quietSince + COLD_QUIET_MS);
        if (this.serveOne() || (isQuiet && this.#fireNext())) {
          quiet = 0;
          quietSince = real.performanceNow();
        } else if (real.performanceNow() > deadline) throw new Hang("nothing is asked, no timer runs, and the work is not done");
      }
      return await result;
    } finally {
      restore();
      this.#timers.clear();
    }
  }

  #fireNext(): boolean {
    const [next] = [...this.#timers].sort((a, b) => a.at - b.at);
    if (!next) return false;
    this.#now = Math.max(this.#now, next.at);
    if (next.every === undefined) this.#timers.delete(next);
    else next.at += Math.max(1, next.every);
    next.fire();
    return true;
  }

  #start(fire: () => void, milliseconds: number | undefined, repeats: boolean): object {
    const delay = Math.max(0, Number(milliseconds) || 0);
    const timer: Timer = { at: this.#now + delay, fire, every: repeats ? delay : undefined };
    this.#timers.add(timer);
    return Object.assign(timer, {
      ref: () => timer,
      unref: () => timer,
      hasRef: () => true,
      refresh: () => {
        timer.at = this.#now + delay;
        this.#timers.add(timer);
        return timer;
      },
      close: () => this.#timers.delete(timer),
    });
  }

  #install(): () => void {
    const clear = (timer: unknown) => {
      if (!this.#timers.delete(timer as Timer)) real.clearTimeout(timer as NodeJS.Timeout);
    };
    const now = () => this.#now;
    class VirtualDate extends real.Date {
      constructor(...args: unknown[]) {
        super(...((args.length === 0 ? [now()] : args) as [number]));
      }
      static override now = now;
    }
    Object.assign(globalThis, {
      Date: VirtualDate,
      setTimeout: (fire: (...args: unknown[]) => void, milliseconds?: number, ...args: unknown[]) =>
        this.#start(() => fire(...args), milliseconds, false),
      setInterval: (fire: (...args: unknown[]) => void, milliseconds?: number, ...args: unknown[]) =>
        this.#start(() => fire(...args), milliseconds, true),
      clearTimeout: clear,
      clearInterval: clear,
    });
    performance.now = now;
    Math.random = this.random;
    AbortSignal.timeout = (milliseconds) => {
      const controller = new AbortController();
      this.#start(
        () => controller.abort(new DOMException("The operation was aborted due to timeout", "TimeoutError")),
        milliseconds,
        false,
      );
      return controller.signal;
    };
    return () => {
      const { abortTimeout, performanceNow, random, ...globals } = real;
      Object.assign(globalThis, globals);
      AbortSignal.timeout = abortTimeout;
      performance.now = performanceNow;
      Math.random = random;
    };
  }
}
