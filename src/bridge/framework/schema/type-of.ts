import type * as z from "zod";
import * as cty from "../../cty/index.js";
import { containerOf } from "./container.js";
import { isSet, traitsOf } from "./traits.js";

type Kind = z.ZodType["_zod"]["def"]["type"];
type Converter = (schema: z.ZodType, path: string) => cty.Type;

const inner = (schema: z.ZodType, member: "element" | "valueType"): z.ZodType => containerOf(schema)[member] as z.ZodType;
const shapeOf = (schema: z.ZodType): Readonly<Record<string, z.ZodType>> => containerOf(schema).shape ?? {};
const itemsOf = (schema: z.ZodType): readonly z.ZodType[] => containerOf(schema).items ?? [];

/** The choices of a union. */
export const optionsOf = (schema: z.ZodType): readonly z.ZodType[] =>
  (schema._zod.def as unknown as { readonly options: readonly z.ZodType[] }).options;

/** The values of an enum or a literal; undefined for any other schema. */
export const literalsOf = (schema: z.ZodType): readonly unknown[] | undefined =>
  schema._zod.def.type === "enum" || schema._zod.def.type === "literal" ? [...(schema._zod.values ?? [])] : undefined;

const PRIMITIVES: Readonly<Record<string, cty.Type>> = { string: cty.string, number: cty.number, boolean: cty.bool };

/** Values of one kind have its type. */
const typeOfLiterals: Converter = (schema, path) => {
  const kinds = new Set((literalsOf(schema) ?? []).map((literal) => typeof literal));
  const [kind = ""] = kinds;
  const type = kinds.size === 1 && PRIMITIVES[kind];
  if (!type) throw new Error(`${path}: the values of an enum or a literal are all texts, all numbers or all booleans`);
  return type;
};

const typeOfUnion: Converter = (schema, path) => {
  const [type, ...others] = optionsOf(schema).map((option) => typeOf(option, path));
  if (!type || !Object.values(PRIMITIVES).includes(type) || others.some((other) => other !== type))
    throw new Error(`${path}: the choices of a union are all texts, all numbers or all booleans`);
  return type;
};

/** Terraform's type for each kind of zod schema. A kind that is not here cannot be an attribute. */
const converters: Partial<Record<Kind, Converter>> = {
  string: () => cty.string,
  template_literal: () => cty.string,
  enum: typeOfLiterals,
  literal: typeOfLiterals,
  union: typeOfUnion,
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

/** Whether the kind of a zod schema has a counterpart in Terraform. */
export const hasType = (schema: z.ZodType): boolean => converters[schema._zod.def.type] !== undefined;

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
): { nesting: "single" | "list" | "set" | "map"; shape: Readonly<Record<string, z.ZodType>> } | undefined {
  const kind = schema._zod.def.type;
  if (kind === "object") return { nesting: "single", shape: shapeOf(schema) };
  const element = kind === "array" ? inner(schema, "element") : kind === "record" ? inner(schema, "valueType") : undefined;
  if (element?._zod.def.type !== "object") return undefined;
  return { nesting: kind === "record" ? "map" : isSet(schema) ? "set" : "list", shape: shapeOf(element) };
}
