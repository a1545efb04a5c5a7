import facts from "./data/permissions.json";

export interface Permission {
  readonly name: string;
  /** Category, such as `site`. */
  readonly category: string;
  /** Whether it has no effect on an organization key: every call that it guards needs a root key. */
  readonly rootOnly: boolean;
}

const all: readonly Permission[] = facts.map(({ id, category, rootOnlyInPractice }) => ({
  name: id,
  category,
  rootOnly: rootOnlyInPractice,
}));
const byName = new Map(all.map((permission) => [permission.name, permission]));

/** Every permission that Pangolin 1.22.0 knows. */
export const permissionCatalogue = {
  all,
  has: (name: string): boolean => byName.has(name),
  get: (name: string): Permission | undefined => byName.get(name),
  /** The most similar name, or undefined if none is similar. */
  suggest(name: string): string | undefined {
    const near = all.map((permission) => ({
      name: permission.name,
      distance: editDistance(name.toLowerCase(), permission.name.toLowerCase()),
    }));
    near.sort((a, b) => a.distance - b.distance || (a.name < b.name ? -1 : 1));
    const [best] = near;
    return best && best.distance <= Math.max(2, Math.floor(name.length / 3)) ? best.name : undefined;
  },
};

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++)
      next[j] = Math.min((next[j - 1] ?? 0) + 1, (row[j] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1));
    row = next;
  }
  return row[b.length] ?? 0;
}
