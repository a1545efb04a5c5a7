import * as z from "zod";
import { atMost } from "./validation.js";

/** What the recorded facts say about a value of a request, in words near to JSON Schema. */
export interface ValueFacts {
  readonly type?: string;
  readonly required?: boolean;
  readonly nullable?: boolean;
  readonly default?: unknown;
  /** A value that does not fit is replaced by the default, without an error. */
  readonly invalidFallsBackToDefault?: boolean;
  readonly enum?: readonly string[];
  readonly const?: string;
  /** Of an integer in a path: the whole text is to be its digits; otherwise the leading ones count. */
  readonly wholeText?: boolean;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly items?: ValueFacts;
  readonly prefixItems?: readonly ValueFacts[];
  readonly properties?: Readonly<Record<string, ValueFacts>>;
  readonly strict?: boolean;
  readonly anyOf?: readonly ValueFacts[];
  readonly oneOf?: readonly ValueFacts[];
  readonly when?: string;
}

/** JSON has types; a path and a query are text, in which a whole number is what the leading digits say. */
export type Carrier = "json" | "text";

export function schemaOf(facts: ValueFacts, carrier: Carrier): z.ZodType {
  const bare = bareSchema(facts, carrier);
  const nullable = facts.nullable ? bare.nullable() : bare;
  if (facts.default !== undefined) {
    const withDefault = nullable.optional().prefault((carrier === "text" ? asText(facts.default) : facts.default) as never);
    return facts.invalidFallsBackToDefault ? withDefault.catch(facts.default as never) : withDefault;
  }
  if (facts.required) return nullable;
  return facts.invalidFallsBackToDefault ? nullable.optional().catch(undefined) : nullable.optional();
}

export function objectOf(properties: Readonly<Record<string, ValueFacts>>, strict: boolean, carrier: Carrier): z.ZodType {
  const shape = Object.fromEntries(Object.entries(properties).map(([name, facts]) => [name, schemaOf(facts, carrier)]));
  return strict ? z.strictObject(shape) : z.object(shape);
}

function bareSchema(facts: ValueFacts, carrier: Carrier): z.ZodType {
  const { anyOf, oneOf } = facts;
  if (anyOf) return anyOf.length === 1 ? schemaOf({ ...anyOf[0], required: true }, carrier) : union(anyOf, carrier);
  if (oneOf) return schemaOf({ ...oneOf.at(-1), required: true }, carrier);
  if (facts.const !== undefined) return z.literal(facts.const);
  if (facts.enum) return z.enum(facts.enum as string[]);
  switch (facts.type) {
    case "string":
      return text(facts);
    case "integer":
      return carrier === "text"
        ? z
            .string()
            .transform(facts.wholeText ? Number : leadingDigits)
            .pipe(number(z.int(), facts))
        : number(z.int(), facts);
    case "number":
      return carrier === "text" ? z.string().transform(Number).pipe(number(z.number(), facts)) : number(z.number(), facts);
    case "boolean":
      return carrier === "text" ? z.enum(["true", "false"]).transform((value) => value === "true") : z.boolean();
    case "array":
      return list(facts, carrier);
    case "object":
      return facts.properties ? objectOf(facts.properties, facts.strict ?? false, carrier) : z.record(z.string(), z.unknown());
    default:
      return z.unknown();
  }
}

/** Defaults of numbers are recorded as what comes out, or as the text that goes in. */
const asText = (value: unknown): unknown => (typeof value === "number" || typeof value === "boolean" ? String(value) : value);

const union = (members: readonly ValueFacts[], carrier: Carrier): z.ZodType =>
  z.union(members.map((member) => schemaOf({ ...member, required: true }, carrier)));

const leadingDigits = (value: string): number => Number.parseInt(value, 10);

function text({ minLength, maxLength, format, pattern }: ValueFacts): z.ZodType {
  let schema = z.string();
  if (minLength !== undefined) schema = schema.min(minLength);
  if (maxLength !== undefined) schema = schema.check(atMost(maxLength));
  if (format === "email") return schema.pipe(z.email());
  if (format === "uri") return schema.pipe(z.url());
  return pattern === undefined ? schema : schema.regex(new RegExp(pattern));
}

function number(schema: z.ZodNumber, { minimum, exclusiveMinimum, maximum }: ValueFacts): z.ZodNumber {
  let bounded = schema;
  if (exclusiveMinimum !== undefined) bounded = bounded.gt(exclusiveMinimum);
  if (minimum !== undefined) bounded = bounded.min(minimum);
  return maximum === undefined ? bounded : bounded.max(maximum);
}

function list({ items, prefixItems, minItems, maxItems }: ValueFacts, carrier: Carrier): z.ZodType {
  const element = items ? schemaOf({ ...items, required: true }, carrier) : z.unknown();
  if (prefixItems) {
    const first = prefixItems.map((member) => schemaOf({ ...member, required: true }, carrier)) as [z.ZodType, ...z.ZodType[]];
    return z.tuple(first, element);
  }
  let schema = z.array(element);
  if (minItems !== undefined) schema = schema.min(minItems);
  return maxItems === undefined ? schema : schema.max(maxItems);
}
