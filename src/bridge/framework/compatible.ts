import { type DynamicValue, equal, isWhollyKnown, type Path, type Type, unknown, type Value, type ValueObject } from "../cty/index.js";

/**
 * The first path at which a result is not what was planned, as Terraform compares them: what was known stays, and what was not may be anything.
 * That nothing is unknown any more is another matter.
 */
export function firstDifference(type: Type, planned: Value, result: Value, path: Path): Path | undefined {
  if (planned === unknown || result === unknown) return undefined;
  if (isWhollyKnown(planned) || planned === null || result === null) return equal(planned, result, type) ? undefined : path;
  if (type.kind === "object" || type.kind === "map") {
    for (const [name, member] of Object.entries(planned as ValueObject)) {
      const memberType = type.kind === "object" ? type.attributes[name] : type.element;
      const step = type.kind === "object" ? ({ kind: "attribute", name } as const) : ({ kind: "key", key: name } as const);
      const found = memberType && firstDifference(memberType, member, (result as ValueObject)[name] ?? null, [...path, step]);
      if (found) return found;
    }
    return type.kind === "map" && Object.keys(result as ValueObject).length > Object.keys(planned as ValueObject).length ? path : undefined;
  }
  if (type.kind === "dynamic") return firstDynamicDifference(planned as DynamicValue, result as DynamicValue, path);
  const members = planned as readonly Value[];
  const results = result as readonly Value[];
  if (type.kind === "set") return setsAreCompatible(members, results, type.element) ? undefined : path;
  if (members.length !== results.length) return path;
  const typeAt = (index: number): Type | undefined =>
    type.kind === "list" ? type.element : type.kind === "tuple" ? type.elements[index] : undefined;
  for (const [index, member] of members.entries()) {
    const own = typeAt(index);
    const found = own && firstDifference(own, member, results[index] ?? null, [...path, { kind: "index", index }]);
    if (found) return found;
  }
  return undefined;
}

/** What was planned with a type has got it; where the type was left open, it may be any. */
function firstDynamicDifference(planned: DynamicValue, result: DynamicValue, path: Path): Path | undefined {
  return becomes(planned.type, result.type) ? firstDifference(planned.type, planned.value, result.value, path) : path;
}

function becomes(planned: Type, result: Type): boolean {
  if (planned.kind === "dynamic") return true;
  if (planned.kind !== result.kind) return false;
  if ("element" in planned) return becomes(planned.element, (result as typeof planned).element);
  const [members, others] = [membersOf(planned), membersOf(result)];
  return (
    members.length === others.length &&
    members.every(([name, member], index) => name === others[index]?.[0] && becomes(member, others[index][1]))
  );
}

const membersOf = (type: Type): [string, Type][] =>
  Object.entries(type.kind === "object" ? type.attributes : type.kind === "tuple" ? type.elements : {}).sort(([a], [b]) =>
    a < b ? -1 : 1,
  );

/** Members have no names, and those that were not known may turn out to be the same: each has to be what another can have become. */
function setsAreCompatible(planned: readonly Value[], results: readonly Value[], element: Type): boolean {
  const canBecome = (member: Value, result: Value) => firstDifference(element, member, result, []) === undefined;
  return (
    results.length <= planned.length &&
    planned.every((member) => results.some((result) => canBecome(member, result))) &&
    results.every((result) => planned.some((member) => canBecome(member, result)))
  );
}
