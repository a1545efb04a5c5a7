import { Decimal, numbersEqual } from "./decimal.js";
import type { Type } from "./type.js";
import { typeText } from "./type-json.js";
import { DynamicValue, unknown, type Value, type ValueObject } from "./value.js";

/**
 * Whether two values of a type are the same. An unknown value equals an unknown value; the order of a set means nothing, nor does the way
 * in which a text composes its characters: Terraform brings every text into one form (NFC).
 */
export function equal(a: Value, b: Value, type: Type): boolean {
  if (a === b) return true;
  if (a === null || b === null || a === unknown || b === unknown) return false;
  switch (type.kind) {
    case "string":
      return normalized(a as string) === normalized(b as string);
    case "number":
      return numbersEqual(a as number | Decimal, b as number | Decimal);
    case "list":
      return equalLists(a as readonly Value[], b as readonly Value[], () => type.element);
    case "tuple":
      return equalLists(a as readonly Value[], b as readonly Value[], (index) => type.elements[index]);
    case "set":
      return equalSets(a as readonly Value[], b as readonly Value[], type.element);
    case "map":
      return equalMaps(a as ValueObject, b as ValueObject, type.element);
    case "object":
      return Object.entries(type.attributes).every(([name, attribute]) =>
        equal((a as ValueObject)[name] ?? null, (b as ValueObject)[name] ?? null, attribute),
      );
    case "dynamic":
      return a instanceof DynamicValue && b instanceof DynamicValue && typesEqual(a.type, b.type) && equal(a.value, b.value, a.type);
    default:
      return false;
  }
}

function equalLists(a: readonly Value[], b: readonly Value[], elementType: (index: number) => Type | undefined): boolean {
  return (
    a.length === b.length &&
    a.every((element, index) => {
      const type = elementType(index);
      return type !== undefined && equal(element, b[index] ?? null, type);
    })
  );
}

function equalMaps(a: ValueObject, b: ValueObject, type: Type): boolean {
  const keys = Object.keys(a);
  if (keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && equal(a[key] ?? null, b[key] ?? null, type)))
    return true;
  const [own, others] = [byNormalizedKey(a), byNormalizedKey(b)];
  return own.size === others.size && [...own].every(([key, member]) => others.has(key) && equal(member, others.get(key) ?? null, type));
}

const byNormalizedKey = (members: ValueObject): ReadonlyMap<string, Value> =>
  new Map(Object.entries(members).map(([key, member]) => [normalized(key), member]));

/** The form that Terraform gives every text. What is no text, which a value of another type may be, is none either. */
export const normalized = (text: string): string => (typeof text === "string" ? text.normalize("NFC") : text);

function equalSets(a: readonly Value[], b: readonly Value[], type: Type): boolean {
  if (a.length !== b.length) return false;
  if (equalLists(a, b, () => type)) return true;
  const keysOf = (elements: readonly Value[]) => elements.map((element) => canonicalKey(element, type)).sort();
  const others = keysOf(b);
  return keysOf(a).every((key, index) => key === others[index]);
}

/** A text that two values of a type share exactly if they are equal. */
export function canonicalKey(value: Value, type: Type): string {
  if (value === null) return "n";
  if (value === unknown) return "?";
  switch (type.kind) {
    case "string":
      return JSON.stringify(normalized(value as string));
    case "bool":
      return value ? "t" : "f";
    case "number":
      return value instanceof Decimal ? `${value.negative ? "-" : ""}${value.digits}E${value.exponent}` : String(value);
    case "list":
      return `[${(value as readonly Value[]).map((element) => canonicalKey(element, type.element)).join()}]`;
    case "tuple":
      return `[${(value as readonly Value[]).map((element, index) => canonicalKey(element, type.elements[index] as Type)).join()}]`;
    case "set":
      return `<${(value as readonly Value[])
        .map((element) => canonicalKey(element, type.element))
        .sort()
        .join()}>`;
    case "map":
      return canonicalMembers([...byNormalizedKey(value as ValueObject)].map(([key, member]) => [key, canonicalKey(member, type.element)]));
    case "object":
      return canonicalMembers(
        Object.entries(type.attributes).map(([name, attribute]) => [name, canonicalKey((value as ValueObject)[name] ?? null, attribute)]),
      );
    case "dynamic": {
      const { type: own, value: inner } = value as DynamicValue;
      return `${typeText(own)}=${canonicalKey(inner, own)}`;
    }
  }
}

const canonicalMembers = (members: readonly (readonly [string, string])[]): string =>
  `{${members
    .map(([name, member]) => `${JSON.stringify(name)}:${member}`)
    .sort()
    .join()}}`;

/** Types have one JSON form each. */
export const typesEqual = (a: Type, b: Type): boolean => a === b || typeText(a) === typeText(b);
