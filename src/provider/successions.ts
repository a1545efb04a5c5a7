/**
 * Which key took the place of which, as far as this process has seen it in states and rotations. A grant that was given to a key
 * finds the successor by it, which was born with a copy of the key's permissions.
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

  /** Until a successor of the key is recorded, or the time is over. */
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

  /** The key that is current now; undefined where the key has no successor. */
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
