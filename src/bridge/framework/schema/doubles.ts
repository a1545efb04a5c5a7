import type * as z from "zod";
import { type CtyNumber, Decimal, isValueObject, type Value, type ValueObject } from "../../cty/index.js";
import { memberOf, membersOf } from "./container.js";
import type { Precision } from "./number.js";
import { remembered } from "./remembered.js";
import type { Attribute, Schema } from "./schema.js";
import { traitsOf } from "./traits.js";
import { literalsOf, optionsOf } from "./type-of.js";

/**
 * Terraform computes with 512 bits: its `1/3` is no JavaScript number. A callback is given the nearest one, and one that comes back
 * and is the nearest of the number that was there means that number, which stands in state with all its digits.
 */

/** The precision of the numbers of a schema; undefined where callbacks are given every digit, and for what is no number. */
export function precisionOf(schema: z.ZodType): Precision | undefined {
  const { number } = traitsOf(schema);
  if (number) return number === "exact" ? undefined : number;
  const { type, format } = schema._zod.def as { readonly type: string; readonly format?: string };
  if (type === "number") return format === "float32" ? "float32" : "float64";
  if (type === "union") return optionsOf(schema).every(precisionOf) ? "float64" : undefined;
  return literalsOf(schema)?.every((literal) => typeof literal === "number") ? "float64" : undefined;
}

const holdsDoubles = remembered((schema: z.ZodType): boolean => precisionOf(schema) !== undefined || membersOf(schema).some(holdsDoubles));

/** The JavaScript number that is nearest to a number; infinite where it is out of their range. */
export const nearestDouble = (value: CtyNumber): number => (typeof value === "number" ? value : Number(value.toString()));

/** Whether two numbers are one to who has only so many bits. */
export const sameNumber = (precision: Precision, one: CtyNumber, other: CtyNumber): boolean => {
  const [a, b] = [nearestDouble(one), nearestDouble(other)];
  return a === b || (precision === "float32" && Math.fround(a) === Math.fround(b));
};

/** A value as a callback is given it. What holds no number that has to be changed stays what it is. */
export function withDoubles(schema: z.ZodType, value: Value): Value {
  if (value === null || typeof value !== "object" || !holdsDoubles(schema)) return value;
  if (value instanceof Decimal) return precisionOf(schema) ? nearestDouble(value) : value;
  const member = (key: PropertyKey, one: Value): Value => {
    const inner = memberOf(schema, key);
    return inner ? withDoubles(inner, one) : one;
  };
  if (Array.isArray(value)) {
    const members = (value as readonly Value[]).map((one, index) => member(index, one));
    return members.some((one, index) => one !== value[index]) ? members : value;
  }
  return isValueObject(value) ? changedMembers(value, Object.keys(value), member) : value;
}

const namesWithDoubles = remembered(({ attributes }: Schema) =>
  Object.values(attributes).flatMap(({ name, zod }) => (holdsDoubles(zod) ? [name] : [])),
);

/** The values of a schema as a callback is given them. */
export function forCallback<V extends ValueObject | null | undefined>(schema: Schema, values: V): V {
  const names = namesWithDoubles(schema);
  if (!values || names.length === 0) return values;
  return changedMembers(values, names, (name, one) => withDoubles((schema.attributes[name] as Attribute).zod, one)) as V;
}

function changedMembers(value: ValueObject, names: readonly string[], change: (name: string, member: Value) => Value): ValueObject {
  let changed: Record<string, Value> | undefined;
  for (const name of names) {
    const before = value[name] ?? null;
    const after = change(name, before);
    if (after === before) continue;
    changed ??= Object.assign(Object.create(null) as Record<string, Value>, value);
    changed[name] = after;
  }
  return changed ?? value;
}
