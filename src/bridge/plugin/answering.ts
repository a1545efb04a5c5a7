/** Calls whose clients still wait for their answers. */
export class Answering {
  readonly #calls = new Set<object>();
  #resolvers: (() => void)[] = [];

  add(call: object): void {
    this.#calls.add(call);
  }

  delete(call: object): void {
    this.#calls.delete(call);
    if (this.#calls.size > 0) return;
    for (const resolve of this.#resolvers.splice(0)) resolve();
  }

  /** Resolves once nobody waits any more. */
  none(): Promise<void> {
    return this.#calls.size === 0 ? Promise.resolve() : new Promise((resolve) => this.#resolvers.push(resolve));
  }
}
