import type * as z from "zod";
import { equal, isValueObject, type Value, type ValueObject } from "../cty/index.js";
import { containerOf, memberOf } from "./schema/container.js";
import type { Schema } from "./schema/schema.js";
import { isSet, traitsOf } from "./schema/traits.js";
import { typeOf } from "./schema/type-of.js";

/** Where a value is semantically equal to the prior one, the prior one stands, at every depth. A comparison that throws changes nothing. */
export function semanticEquality(
  schema: Schema,
  prior: ValueObject | null,
  value: ValueObject,
  onError: (name: string, error: unknown) => void,
): ValueObject {
  if (!prior) return value;
  const kept: Record<string, Value> = { ...value };
  for (const { name, zod } of Object.values(schema.attributes))
    if (comparesSemantically(zod))
      try {
        kept[name] = priorIfEqual(zod, prior[name] ?? null, value[name] ?? null);
      } catch (error) {
        onError(name, error);
      }
  return kept;
}

function priorIfEqual(schema: z.ZodType, prior: Value, value: Value): Value {
  const { text } = traitsOf(schema);
  if (text) return typeof prior === "string" && typeof value === "string" && semanticallyEqual(text, prior, value) ? prior : value;
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
  if (prior.length !== value.length) return value;
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
  const left = [...prior];
  return value.map((member) => {
    const found = left.findIndex((candidate) => equal(priorIfEqual(element, candidate, member), candidate, type));
    return found < 0 ? member : (left.splice(found, 1)[0] as Value);
  });
}

const answers = new WeakMap<z.ZodType, boolean>();

/** Whether anything in a schema can be written in two ways. Most cannot, and are not walked. */
function comparesSemantically(schema: z.ZodType): boolean {
  const known = answers.get(schema);
  if (known !== undefined) return known;
  const { element, valueType, shape, items } = containerOf(schema);
  const inner = [element, valueType, ...Object.values(shape ?? {}), ...(items ?? [])].filter((member) => member !== undefined);
  const found = traitsOf(schema).text?.semanticEquals !== undefined || inner.some(comparesSemantically);
  answers.set(schema, found);
  return found;
}
