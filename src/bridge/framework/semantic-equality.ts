import type * as z from "zod";
import {
  canonicalKey,
  equal,
  isCtyNumber,
  isValueObject,
  isWhollyKnown,
  type Type,
  unknown,
  type Value,
  type ValueObject,
} from "../cty/index.js";
import { containerOf, memberOf, membersOf } from "./schema/container.js";
import { precisionOf, sameNumber, withDoubles } from "./schema/doubles.js";
import { remembered } from "./schema/remembered.js";
import type { Schema } from "./schema/schema.js";
import { isSet, traitsOf } from "./schema/traits.js";
import { typeOf } from "./schema/type-of.js";

/**
 * Where a value is semantically equal to the prior one, the prior one stands, at every depth: a text that means the same, and a number
 * whose digits differ only past those that its type has. A comparison that throws changes nothing.
 */
export function semanticEquality(
  schema: Schema,
  prior: ValueObject | null,
  value: ValueObject,
  onError: (name: string, error: unknown) => void,
): ValueObject {
  if (!prior) return value;
  const kept: Record<string, Value> = { ...value };
  for (const { name, zod } of comparedAttributes(schema))
    try {
      kept[name] = priorIfEqual(zod, prior[name] ?? null, value[name] ?? null);
    } catch (error) {
      onError(name, error);
    }
  return kept;
}

/** The same for one value. What throws here is told where its answer is needed, and changes nothing. */
export function priorIfMeant(schema: z.ZodType, prior: Value, value: Value): Value {
  if (!comparesSemantically(schema)) return value;
  try {
    return priorIfEqual(schema, prior, value);
  } catch {
    return value;
  }
}

function priorIfEqual(schema: z.ZodType, prior: Value, value: Value): Value {
  const { text } = traitsOf(schema);
  if (text) return typeof prior === "string" && typeof value === "string" && semanticallyEqual(text, prior, value) ? prior : value;
  const precision = precisionOf(schema);
  if (precision) return isCtyNumber(prior) && isCtyNumber(value) && sameNumber(precision, prior, value) ? prior : value;
  if (Array.isArray(prior) && Array.isArray(value))
    return isSet(schema) ? priorIfEqualInSet(schema, prior, value) : priorIfEqualInList(schema, prior, value);
  if (!isValueObject(prior) || !isValueObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      const inner = memberOf(schema, key);
      return [key, inner ? priorIfEqual(inner, prior[key] ?? null, member) : member];
    }),
  );
}

const semanticallyEqual = (
  { accepts, semanticEquals }: NonNullable<ReturnType<typeof traitsOf>["text"]>,
  prior: string,
  value: string,
): boolean => prior !== value && semanticEquals !== undefined && accepts(prior) && accepts(value) && semanticEquals(prior, value);

function priorIfEqualInList(schema: z.ZodType, prior: readonly Value[], value: readonly Value[]): Value {
  return value.map((member, index) => {
    const inner = memberOf(schema, index);
    return inner ? priorIfEqual(inner, prior[index] ?? null, member) : member;
  });
}

/** Members of a set have no place: each takes the prior member that means the same, which then is no other's. */
function priorIfEqualInSet(schema: z.ZodType, prior: readonly Value[], value: readonly Value[]): Value {
  const { element } = containerOf(schema);
  if (!element) return value;
  const type = typeOf(element, "");
  const left = new Map(prior.map((member): [string, Value] => [canonicalKey(member, type), member]));
  // Those that are written alike find each other first, and without a search.
  const changed = value.filter((member) => !left.delete(canonicalKey(member, type)));
  if (changed.length === 0 || left.size === 0) return value;
  const likenessOf = likenessIn(element, [...left.values()]);
  const candidates = new Map<string, Value[]>();
  for (const candidate of left.values()) {
    const likeness = likenessOf(candidate);
    const alike = candidates.get(likeness);
    if (alike) alike.push(candidate);
    else candidates.set(likeness, [candidate]);
  }
  const kept = new Map<Value, Value>();
  for (const member of changed) {
    const alike = candidates.get(likenessOf(member)) ?? [];
    for (const [index, candidate] of alike.entries()) {
      const found = priorIfEqual(element, candidate, member);
      if (!isBecoming(type, candidate, found)) continue;
      kept.set(member, found);
      alike.splice(index, 1);
      break;
    }
  }
  return value.map((member) => kept.get(member) ?? member);
}

/**
 * A text that a member shares with each one that it may mean the same as: of all that can be written in one way only, and is known of
 * every prior member. So a large set is not searched for each of its members.
 */
function likenessIn(element: z.ZodType, prior: readonly Value[]): (member: Value) => string {
  const parts = Object.entries(containerOf(element).shape ?? {})
    .filter(([name, part]) => hasOneForm(part) && prior.every((member) => isWhollyKnown((member as ValueObject | null)?.[name] ?? null)))
    .map(([name, part]) => ({ name, part, type: typeOf(part, "") }));
  if (parts.length > 0)
    return (member) =>
      parts.map(({ name, part, type }) => canonicalKey(withDoubles(part, (member as ValueObject | null)?.[name] ?? null), type)).join();
  if (!hasOneForm(element) || !prior.every(isWhollyKnown)) return () => "";
  const type = typeOf(element, "");
  return (member) => canonicalKey(withDoubles(element, member), type);
}

/** Whether what is in a schema means the same only if callbacks are given the same. */
const hasOneForm = remembered(
  (schema: z.ZodType): boolean =>
    traitsOf(schema).text?.semanticEquals === undefined && precisionOf(schema) !== "float32" && membersOf(schema).every(hasOneForm),
);

/** Whether a value is what a prior or planned one was, or may have become where that was not known. */
function isBecoming(type: Type, prior: Value, value: Value): boolean {
  if (prior === unknown) return true;
  if (isWhollyKnown(prior) || value === null || value === unknown) return equal(prior, value, type);
  if (type.kind === "set") return (prior as readonly Value[]).length >= (value as readonly Value[]).length;
  const members = Object.entries(prior as ValueObject);
  return (
    members.length === Object.keys(value).length &&
    members.every(([key, member]) => {
      const memberType = typeAt(type, key);
      return memberType !== undefined && isBecoming(memberType, member, (value as ValueObject)[key] ?? null);
    })
  );
}

function typeAt(type: Type, key: string): Type | undefined {
  if (type.kind === "object") return type.attributes[key];
  if (type.kind === "tuple") return type.elements[Number(key)];
  return "element" in type ? type.element : undefined;
}

/** Whether anything in a schema can be written in two ways. Most cannot, and are not walked. */
const comparesSemantically = remembered(
  (schema: z.ZodType): boolean =>
    traitsOf(schema).text?.semanticEquals !== undefined ||
    precisionOf(schema) !== undefined ||
    membersOf(schema).some(comparesSemantically),
);

const comparedAttributes = remembered(({ attributes }: Schema) => Object.values(attributes).filter(({ zod }) => comparesSemantically(zod)));
