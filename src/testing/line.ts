import { type MessagePort, receiveMessageOnPort } from "node:worker_threads";

/** Which of the shared cells wakes which end. */
export const TEST_END = 0;
export const SANDBOX_END = 1;

export type Handler = (name: string, args: readonly unknown[]) => unknown;

type Message =
  | { readonly kind: "call"; readonly id: number; readonly name: string; readonly args: readonly unknown[] }
  | { readonly kind: "reply"; readonly id: number; readonly value?: unknown; readonly error?: string };

/** The other end did not answer in time. */
export class NoAnswerError extends Error {}

/**
 * One end of a line between two threads on which each can call the other and wait for the answer without going back to its event loop.
 * Whoever waits answers calls meanwhile, so the two never wait for each other.
 */
export class Line {
  #calls = 0;

  constructor(
    private readonly port: MessagePort,
    /** One cell for each end: it changes with each message to that end. */
    private readonly cells: Int32Array,
    private readonly end: typeof TEST_END | typeof SANDBOX_END,
    private readonly handler: Handler,
  ) {
    port.on("message", (message: Message) => this.#receive(message));
  }

  /** Calls the other end and blocks this thread until it has answered. */
  call(name: string, args: readonly unknown[], limitMs = Number.POSITIVE_INFINITY): unknown {
    const id = ++this.#calls;
    const deadline = performance.now() + limitMs;
    this.#post({ kind: "call", id, name, args });
    for (;;) {
      const seen = Atomics.load(this.cells, this.end);
      for (let next = this.#next(); next; next = this.#next()) {
        if (next.kind === "call" || next.id !== id) this.#receive(next);
        else if (next.error === undefined) return next.value;
        else throw new Error(next.error);
      }
      if (Atomics.wait(this.cells, this.end, seen, deadline - performance.now()) === "timed-out")
        throw new NoAnswerError(`${name} was not answered within ${limitMs / 1000} s`);
    }
  }

  close(): void {
    this.port.close();
  }

  #next(): Message | undefined {
    return receiveMessageOnPort(this.port)?.message as Message | undefined;
  }

  /** A reply that comes too late is of no use to anybody. */
  #receive(message: Message): void {
    if (message.kind === "reply") return;
    const { id, name, args } = message;
    try {
      this.#post({ kind: "reply", id, value: this.handler(name, args) });
    } catch (error) {
      this.#post({ kind: "reply", id, error: error instanceof Error ? error.message : String(error) });
    }
  }

  #post(message: Message): void {
    this.port.postMessage(message);
    const other = this.end === TEST_END ? SANDBOX_END : TEST_END;
    Atomics.add(this.cells, other, 1);
    Atomics.notify(this.cells, other);
  }
}
