import { number, parseNumber, unknown, type Value, type ValueObject } from "../cty/index.js";
import { DiagnosticError } from "./diagnostics.js";
import type { Identity } from "./resource.js";
import { compileSchema } from "./schema/compile.js";
import { type Attribute, type Schema, schemaType } from "./schema/schema.js";

/** A resource's identity as the rest of the framework sees it. */
export interface CompiledIdentity extends Schema {
  /** Whether it has a schema of its own, so that state does not tell it. */
  readonly own: boolean;
  /** What an import may leave out. */
  readonly optional: readonly string[];
  readonly mayChange: boolean;
}

/** The part of a resource's schema that finds its object again, or the identity's own schema. */
export function compileIdentity(schema: Schema, identity: Identity): CompiledIdentity {
  const { mayChange = false } = identity;
  if ("schema" in identity) {
    const own = compileSchema(identity.schema, { description: schema.description });
    const optional = Object.values(own.attributes).flatMap(({ name, optional }) => (optional ? [name] : []));
    return { ...own, own: true, optional, mayChange };
  }
  const attributes = Object.fromEntries(identity.attributes.map((name) => [name, attributeOf(schema, name)]));
  return {
    version: 0,
    description: schema.description,
    attributes,
    type: schemaType(attributes),
    own: false,
    optional: identity.optional ?? [],
    mayChange,
  };
}

function attributeOf(schema: Schema, name: string): Attribute {
  const attribute = schema.attributes[name];
  if (!attribute) throw new Error(`identity names "${name}", which is not an attribute`);
  return attribute;
}

/** `undefined` where a part is not known yet: Terraform wants a whole identity or none. What an import may leave out may be null. */
export function identityOf({ attributes, optional }: CompiledIdentity, state: ValueObject | null): ValueObject | undefined {
  if (!state) return undefined;
  const entries = Object.keys(attributes).map((name): [string, Value] => [name, state[name] ?? null]);
  const incomplete = entries.some(([name, value]) => value === unknown || (value === null && !optional.includes(name)));
  return incomplete ? undefined : Object.fromEntries(entries);
}

/** `org_id/key_id`: what `terraform import` takes. What may be left out is in brackets. */
export const importFormat = ({ attributes, optional }: CompiledIdentity): string =>
  Object.keys(attributes)
    .map((name, index) => (optional.includes(name) ? `[${index > 0 ? "/" : ""}${name}]` : `${index > 0 ? "/" : ""}${name}`))
    .join("");

/** One attribute takes the whole text, whatever is in it. Terraform does not bring this text into its one form (NFC), as it does all others. */
export function parseImportId(identity: CompiledIdentity, id: string): ValueObject {
  const attributes = Object.values(identity.attributes);
  const text = id.normalize("NFC");
  const parts = attributes.length === 1 ? [text] : text.split("/");
  const least = attributes.filter(({ name }) => !identity.optional.includes(name)).length;
  if (parts.length < least || parts.length > attributes.length || parts.some((part) => part === ""))
    throw new DiagnosticError("Invalid import id", `Expected ${importFormat(identity)}, got "${id}".`);
  return Object.fromEntries(
    attributes.map((attribute, index): [string, Value] => {
      const part = parts[index];
      return [attribute.name, part === undefined ? null : fromText(attribute, part)];
    }),
  );
}

function fromText({ name, type }: Attribute, text: string): Value {
  if (type.kind !== number.kind) return text;
  try {
    return parseNumber(text);
  } catch (cause) {
    throw new DiagnosticError("Invalid import id", `Expected a number for ${name}, got "${text}" (${(cause as Error).message}).`);
  }
}
