/**
 * What was read in one walk. Whoever asks while an answer is on its way waits for that answer. Neither a failure is kept nor `null`, which
 * says that something is not there: somebody else, another alias or a `local-exec`, may make it in the same walk.
 */
export class ReadCache {
  readonly #entries = new Map<string, Promise<unknown>>();

  get<T>(entry: string, read: () => Promise<T>): Promise<T> {
    const known = this.#entries.get(entry) as Promise<T> | undefined;
    if (known) return known;
    const reading = read();
    this.#entries.set(entry, reading);
    const forget = () => {
      if (this.#entries.get(entry) === reading) this.#entries.delete(entry);
    };
    reading.then((value) => {
      if (value === null) forget();
    }, forget);
    return reading;
  }

  put(entry: string, value: unknown): void {
    this.#entries.set(entry, Promise.resolve(value));
  }

  drop(entry: string): void {
    this.#entries.delete(entry);
  }

  /** Applies one of our own writes to a cached value. */
  async apply<T>(entry: string, change: (value: T) => T): Promise<void> {
    const known = this.#entries.get(entry) as Promise<T> | undefined;
    if (!known) return;
    const changed = known.then(change);
    this.#entries.set(entry, changed);
    await changed.catch(() => this.drop(entry));
  }
}
