/** Visits nodes so that each begins when those that it waits for have ended; one whose predecessor failed is left out. */
export async function visit(
  waitsFor: ReadonlyMap<string, readonly string[]>,
  work: (node: string) => Promise<boolean>,
): Promise<ReadonlyMap<string, boolean>> {
  const ended = new Map<string, Promise<boolean>>();
  const begin = (node: string): Promise<boolean> => {
    const known = ended.get(node);
    if (known) return known;
    const before = (waitsFor.get(node) ?? []).filter((other) => waitsFor.has(other));
    const mine = Promise.all(before.map(begin)).then((results) => (results.every(Boolean) ? work(node) : false));
    ended.set(node, mine);
    return mine;
  };
  const entries = [...waitsFor.keys()].map(async (node): Promise<[string, boolean]> => [node, await begin(node)]);
  return new Map(await Promise.all(entries));
}

/** What some addresses depend on, directly or through others, and they themselves. */
export function closure(start: Iterable<string>, next: (address: string) => readonly string[]): Set<string> {
  const found = new Set<string>();
  const add = (address: string): void => {
    if (found.has(address)) return;
    found.add(address);
    next(address).forEach(add);
  };
  for (const address of start) add(address);
  return found;
}
