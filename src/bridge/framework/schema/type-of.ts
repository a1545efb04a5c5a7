import type * as z from "zod";
import * as cty from "../../cty/index.js";
import { isSet, traitsOf } from "./traits.js";

type Kind = z.ZodType["_zod"]["def"]["type"];
type Converter = (schema: z.ZodType, path: string) => cty.Type;

const inner = (schema: z.ZodType, member: string): z.ZodType =>
  (schema as unknown as { def: Record<string, z.ZodType> }).def[member] as z.ZodType;
const shapeOf = (schema: z.ZodType): Record<string, z.ZodType> => (schema as z.ZodObject).shape as Record<string, z.ZodType>;
const itemsOf = (schema: z.ZodType): z.ZodType[] => (schema as unknown as { def: { items: z.ZodType[] } }).def.items;

/** Terraform's type for each kind of zod schema. A kind that is not here cannot be an attribute. */
const converters: Partial<Record<Kind, Converter>> = {
  string: () => cty.string,
  enum: () => cty.string,
  number: () => cty.number,
  boolean: () => cty.bool,
  any: () => cty.dynamic,
  unknown: () => cty.dynamic,
  array: (schema, path) => (isSet(schema) ? cty.set : cty.list)(typeOf(inner(schema, "element"), `${path}[]`)),
  record: (schema, path) => cty.map(typeOf(inner(schema, "valueType"), `${path}{}`)),
  tuple: (schema, path) => cty.tuple(itemsOf(schema).map((item, index) => typeOf(item, `${path}[${index}]`))),
  object: (schema, path) =>
    cty.object(Object.fromEntries(Object.entries(shapeOf(schema)).map(([name, member]) => [name, typeOf(member, `${path}.${name}`)]))),
};

/**
 * Terraform's type of a zod schema.
 * Throws for a kind without a counterpart; zod's own `optional` and `nullable` are among them, since presence is the attribute's.
 */
export function typeOf(schema: z.ZodType, path: string): cty.Type {
  if (traitsOf(schema).number) return cty.number;
  const kind = schema._zod.def.type;
  const convert = converters[kind];
  if (!convert) throw new Error(`${path}: a zod schema of kind "${kind}" has no Terraform type`);
  return convert(schema, path);
}

/** The members of the object that a schema is or holds, and how it holds them. */
export function objectWithin(
  schema: z.ZodType,
): { nesting: "single" | "list" | "set" | "map"; shape: Record<string, z.ZodType> } | undefined {
  const kind = schema._zod.def.type;
  if (kind === "object") return { nesting: "single", shape: shapeOf(schema) };
  const element = kind === "array" ? inner(schema, "element") : kind === "record" ? inner(schema, "valueType") : undefined;
  if (element?._zod.def.type !== "object") return undefined;
  return { nesting: kind === "record" ? "map" : isSet(schema) ? "set" : "list", shape: shapeOf(element) };
}
