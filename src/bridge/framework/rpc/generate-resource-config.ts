import { emptyObject, isNull, type Value, type ValueObject } from "../../cty/index.js";
import type { Attribute, Schema } from "../schema/schema.js";

/** The configuration that a user would write for an object: nothing that only the provider gives, and nothing that is deprecated. */
export const generateResourceConfig = ({ attributes }: Schema, state: ValueObject): ValueObject => written(attributes, state);

function written(attributes: Readonly<Record<string, Attribute>>, object: ValueObject): ValueObject {
  const config = emptyObject();
  for (const attribute of Object.values(attributes)) config[attribute.name] = writtenValue(attribute, object[attribute.name] ?? null);
  return config;
}

function writtenValue({ nested, required, optional, block, deprecated }: Attribute, value: Value): Value {
  const isReadOnly = !required && !optional;
  if (isNull(value)) return null;
  if (isReadOnly || deprecated !== undefined) return block && nested?.nesting !== "single" ? [] : null;
  if (!nested) return value;
  const member = (one: Value): Value => (isNull(one) ? null : written(nested.attributes, one as ValueObject));
  if (nested.nesting === "single") return member(value);
  if (nested.nesting !== "map") return (value as readonly Value[]).map(member);
  return Object.fromEntries(Object.entries(value as ValueObject).map(([key, one]) => [key, member(one)]));
}
