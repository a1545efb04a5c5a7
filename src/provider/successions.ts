/**
 * Successors of keys, as far as this process has seen them in states and rotations. A grant finds the
 * successor of its key here, which was created with a copy of the key's permissions.
 */
export class Successions {
  readonly #successors = new Map<string, string>();
  readonly #current = new Set<string>();
  readonly #waiting = new Map<string, Set<() => void>>();

  /** A resource has this key as its current one. */
  see(keyId: string | null): void {
    if (keyId !== null) this.#current.add(keyId);
  }

  /** Whether a key is a resource's current one, and took the place of none but those that are recorded. */
  isCurrent(keyId: string): boolean {
    return this.#current.has(keyId);
  }

  record(predecessor: string | null, successor: string | null): void {
    if (predecessor === null || successor === null || predecessor === successor) return;
    this.#successors.set(predecessor, successor);
    for (const resolve of this.#waiting.get(predecessor) ?? []) resolve();
    this.#waiting.delete(predecessor);
  }

  /** Waits until a successor of the key is recorded, or until the timeout. */
  async whenRecorded(keyId: string, milliseconds: number): Promise<void> {
    if (this.#successors.has(keyId)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      const waiting = this.#waiting.get(keyId) ?? new Set();
      this.#waiting.set(
        keyId,
        waiting.add(() => {
          clearTimeout(timer);
          resolve();
        }),
      );
    });
  }

  /** The current key, or undefined if the key has no successor. */
  currentOf(keyId: string): string | undefined {
    let current: string | undefined;
    const seen = new Set([keyId]);
    for (let next = this.#successors.get(keyId); next !== undefined && !seen.has(next); next = this.#successors.get(next)) {
      current = next;
      seen.add(next);
    }
    return current;
  }
}
