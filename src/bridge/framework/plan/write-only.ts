import { isNull, unknown, type Value, type ValueObject } from "../../cty/index.js";
import type { Attribute, Nested, Schema } from "../schema/schema.js";

type Attributes = Readonly<Record<string, Attribute>>;

/**
 * A value as it may be planned and stored: without what is write-only, and without what the schema has not, at every depth. What does not fit
 * the schema stays as it is, for others to find.
 */
export const withoutWriteOnly = <V extends ValueObject | null>({ attributes }: Pick<Schema, "attributes">, value: V): V =>
  (value === null ? null : strip(attributes, value)) as V;

function strip(attributes: Attributes, object: ValueObject): ValueObject {
  const result: Record<string, Value> = Object.create(null);
  for (const { name, writeOnly, nested } of Object.values(attributes)) {
    const value = object[name] ?? null;
    result[name] = writeOnly ? null : nested ? stripNested(nested, value) : value;
  }
  return result;
}

function stripNested({ nesting, attributes }: Nested, value: Value): Value {
  if (isNull(value) || value === unknown) return value;
  const one = (member: Value): Value => (hasAny(attributes, member) ? strip(attributes, member) : member);
  if (nesting === "single") return one(value);
  if (nesting !== "map") return Array.isArray(value) ? (value as readonly Value[]).map(one) : value;
  if (typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value as ValueObject).map(([key, member]) => [key, one(member)]));
}

/** Whether a value can be an object of these attributes: it has one of them at least. Of what class it is does not matter. */
export const hasAny = (attributes: Attributes, value: unknown): value is ValueObject => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const names = Object.keys(attributes);
  return names.length === 0 || names.some((name) => name in value);
};
