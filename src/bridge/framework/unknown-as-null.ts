import { canonicalKey, DynamicValue, isValueObject, isWhollyKnown, type Type, unknown, type Value } from "../cty/index.js";

/** Stored state holds no unknown value: what never became known is null, at every depth, and all around it stays. */
export function unknownAsNull<V extends Value>(value: V, type: Type): V {
  return (isWhollyKnown(value) ? value : nulled(value, type)) as V;
}

function nulled(value: Value, type: Type): Value {
  if (value === unknown) return null;
  if (value instanceof DynamicValue) return new DynamicValue(value.type, unknownAsNull(value.value, value.type));
  if (Array.isArray(value)) {
    const members: readonly Value[] = value.map((member: Value, index) => unknownAsNull(member, memberType(type, index)));
    return type.kind === "set" ? distinct(members, type.element) : members;
  }
  if (!isValueObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, unknownAsNull(member, memberType(type, name))]));
}

function memberType(type: Type, step: string | number): Type {
  if (type.kind === "object") return type.attributes[step] as Type;
  if (type.kind === "tuple") return type.elements[step as number] as Type;
  return (type as { readonly element: Type }).element;
}

const distinct = (members: readonly Value[], type: Type): readonly Value[] => [
  ...new Map<string, Value>(members.map((member) => [canonicalKey(member, type), member])).values(),
];
