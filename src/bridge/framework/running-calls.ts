import { AsyncLocalStorage } from "node:async_hooks";
import { setImmediate } from "node:timers/promises";
import { DiagnosticError } from "./diagnostics.js";
import { log, logWith, stackOf } from "./log.js";

/** How long a callback may still take after a rejection that nobody waited for: what it waits for may never come. */
const STUCK_AFTER_MS = 30_000;
/** How long the provider's end waits for what is still running. */
const DRAIN_MS = 60_000;

/** One for all providers of a process: before Node.js 24 each storage costs every promise of the process time, for ever. */
const storage = new AsyncLocalStorage<RunningCall>();
logWith(() => {
  const call = storage.getStore();
  return call ? { tf_req_id: call.id, tf_rpc: call.name } : {};
});

/** One call of Terraform while it runs. */
export class RunningCall {
  readonly #stop = new AbortController();
  readonly #stray: unknown[] = [];
  #giveUp: (error: Error) => void = () => {};
  #timer: NodeJS.Timeout | undefined;
  #hasEnded = false;
  readonly #stuck = new Promise<never>((_, reject) => {
    this.#giveUp = reject;
  });

  constructor(
    readonly calls: RunningCalls,
    /** As logs name it. */
    readonly id: string,
    readonly name: string,
    /** Aborted when nobody takes the answer any more. */
    readonly abandoned: AbortSignal,
  ) {
    this.#stuck.catch(() => {});
    if (abandoned.aborted) this.#abandon();
    else abandoned.addEventListener("abort", this.#abandon, { once: true });
  }

  /** Aborted when nothing new is to be begun. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  stop(): void {
    this.#stop.abort(
      new DiagnosticError(
        "Stopped",
        "Terraform stopped the provider before this was finished. What had been done is kept in the state; run it again to do the rest.",
      ),
    );
  }

  /** Notes what was thrown or rejected where nobody caught it: the call fails, and keeps what its callback still returns. */
  addStray(error: unknown): void {
    this.#stray.push(error);
    this.#stop.abort(error);
    this.#timer ??= setTimeout(
      () =>
        this.#giveUp(
          new DiagnosticError("Gave up waiting", `${this.name} did not end after one of its promises was rejected without being awaited.`),
        ),
      STUCK_AFTER_MS,
    ).unref();
  }

  takeStray(): readonly unknown[] {
    return this.#stray.splice(0);
  }

  /** What a callback gives, once all is known that it has left rejected: Node.js tells of that after the promises that it settles. */
  async settle<T>(callback: () => T | Promise<T>): Promise<T> {
    try {
      return await Promise.race([callback(), this.#stuck]);
    } finally {
      await setImmediate();
    }
  }

  get hasEnded(): boolean {
    return this.#hasEnded;
  }

  end(): void {
    this.#hasEnded = true;
    for (const error of this.takeStray()) log("error", "A call left something rejected behind", { error: stackOf(error) });
    clearTimeout(this.#timer);
    this.abandoned.removeEventListener("abort", this.#abandon);
  }

  readonly #abandon = (): void =>
    this.#stop.abort(new DiagnosticError("Abandoned", "Terraform ended, or gave this call up, before it was answered."));
}

/** The calls that a provider is serving. Whatever runs inside of one, however deep, belongs to it. */
export class RunningCalls {
  readonly #running = new Map<RunningCall, Promise<unknown>>();
  #count = 0;
  #stopped = false;

  /** Whether Terraform has stopped the provider, so that nothing new may be begun. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** The call that the code belongs to that asks. */
  get current(): RunningCall | undefined {
    const call = storage.getStore();
    return call?.calls === this ? call : undefined;
  }

  run<T>(name: string, abandoned: AbortSignal, serve: (call: RunningCall) => Promise<T>): Promise<T> {
    const call = this.#begin(name, abandoned);
    const done = storage.run(call, () => serve(call)).finally(() => this.#end(call));
    this.#running.set(call, done);
    return done;
  }

  async *stream<T>(name: string, abandoned: AbortSignal, serve: (call: RunningCall) => AsyncIterable<T>): AsyncGenerator<T> {
    const call = this.#begin(name, abandoned);
    let finished: () => void = () => {};
    this.#running.set(call, new Promise<void>((resolve) => (finished = resolve)));
    const messages = storage.run(call, () => serve(call)[Symbol.asyncIterator]());
    try {
      for (;;) {
        const { done, value } = await storage.run(call, () => messages.next());
        if (done) return;
        yield value;
      }
    } finally {
      await storage.run(call, () => messages.return?.());
      this.#end(call);
      finished();
    }
  }

  /** Tells all that runs to begin nothing new, and has nothing new begun from now on. */
  stop(): void {
    this.#stopped = true;
    for (const call of this.#running.keys()) call.stop();
  }

  /** A provider that is configured again serves again. */
  restart(): void {
    this.#stopped = false;
  }

  /** Resolves once nothing runs any more, or has not come to its end for long. */
  async ended(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, DRAIN_MS);
    });
    await Promise.race([Promise.allSettled(this.#running.values()), late]);
    clearTimeout(timer);
  }

  #begin(name: string, abandoned: AbortSignal): RunningCall {
    this.#count += 1;
    return new RunningCall(this, `${process.pid}-${this.#count}`, name, abandoned);
  }

  #end(call: RunningCall): void {
    call.end();
    this.#running.delete(call);
  }
}
