import { number, parseNumber, unknown, type Value, type ValueObject } from "../cty/index.js";
import { DiagnosticError } from "./diagnostics.js";
import type { Identity } from "./resource.js";
import { type Attribute, type Schema, schemaType } from "./schema/schema.js";

/** The part of a resource's schema that finds its object again. */
export function identitySchema(schema: Schema, identity: Identity): Schema {
  const attributes = Object.fromEntries(identity.attributes.map((name) => [name, attributeOf(schema, name)]));
  return { version: 0, description: schema.description, attributes, type: schemaType(attributes) };
}

function attributeOf(schema: Schema, name: string): Attribute {
  const attribute = schema.attributes[name];
  if (!attribute) throw new Error(`identity names "${name}", which is not an attribute`);
  return attribute;
}

/** `undefined` where a part is not known yet: Terraform wants a whole identity or none. */
export function identityOf(identity: Schema, state: ValueObject | null): ValueObject | undefined {
  if (!state) return undefined;
  const entries = Object.keys(identity.attributes).map((name): [string, Value] => [name, state[name] ?? null]);
  return entries.some(([, value]) => value === null || value === unknown) ? undefined : Object.fromEntries(entries);
}

/** `org_id/key_id`: what `terraform import` takes. */
export const importFormat = (identity: Schema): string => Object.keys(identity.attributes).join("/");

export function parseImportId(identity: Schema, id: string): ValueObject {
  const attributes = Object.values(identity.attributes);
  const parts = id.split("/");
  if (parts.length !== attributes.length || parts.some((part) => part === ""))
    throw new DiagnosticError("Invalid import id", `The import id has the form ${importFormat(identity)}; "${id}" has not.`);
  return Object.fromEntries(attributes.map((attribute, index) => [attribute.name, fromText(attribute, parts[index] ?? "")]));
}

function fromText({ name, type }: Attribute, text: string): Value {
  if (type.kind !== number.kind) return text;
  try {
    return parseNumber(text);
  } catch (cause) {
    throw new DiagnosticError(
      "Invalid import id",
      `The part ${name} of the import id is a number; "${text}" is none (${(cause as Error).message}).`,
    );
  }
}
