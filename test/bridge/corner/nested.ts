/** Members of the resources in `test/corner/nested.ts`, as a configuration gives them. */
export interface Given {
  readonly single?: Member;
  readonly list?: readonly Member[];
  readonly set?: readonly Member[];
  readonly map?: Readonly<Record<string, Member>>;
}

export interface Member extends Given {
  readonly name: string;
  readonly label?: string;
  readonly note?: string;
}

/** Each nesting of the kind with one member, or with two. */
export const nestingsOf = {
  attributes: (one: Member, two?: Member): Given => ({ ...nestingsOf.blocks(one, two), map: { one, ...(two && { two }) } }),
  blocks: (one: Member, two?: Member): Given => ({ single: one, list: two ? [one, two] : [one], set: two ? [one, two] : [one] }),
};

/** What is stored of what is given. Where there are no attributes there is null, and where there are no blocks is an empty list. */
export function storedOf(kind: keyof typeof nestingsOf, given: Given): object {
  const nothing = kind === "attributes" ? null : [];
  const nestings = ({ single, list, set, map }: Given, stored: (member: Member) => object, storedInSet = stored): object => ({
    single: single ? stored(single) : null,
    list: list?.map(stored) ?? nothing,
    set: set?.map(storedInSet) ?? nothing,
    ...(kind === "attributes" && {
      map: map ? Object.fromEntries(Object.entries(map).map(([key, member]) => [key, stored(member)])) : null,
    }),
  });
  const plain = ({ name, label, note }: Member) => ({ name, label: label ?? null, note: note ?? null });
  const decided = ({ label = "none", ...member }: Member) => ({ ...plain({ label, ...member }), made: "made" });
  const outer = (inSet: typeof plain) => (member: Member) => ({ ...decided(member), ...nestings(member, decided, inSet) });
  return ordered(nestings(given, outer(decided), outer(plain))) as object;
}

/** A value of which each set is in the order of its members' names: their own means nothing. */
export function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, name === "set" && Array.isArray(member) ? inOrder(member) : ordered(member)]),
  );
}

const inOrder = (set: readonly unknown[]): unknown[] => set.map(ordered).sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
const nameOf = (member: unknown): string => (member as { readonly name: string }).name;
