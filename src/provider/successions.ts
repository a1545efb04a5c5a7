/**
 * Which key took the place of which, as far as this process has seen it in states and rotations. A grant that was given to a key
 * finds the successor by it, which was born with a copy of the key's permissions.
 */
export class Successions {
  readonly #successors = new Map<string, string>();

  record(predecessor: string | null, successor: string | null): void {
    if (predecessor !== null && successor !== null && predecessor !== successor) this.#successors.set(predecessor, successor);
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
