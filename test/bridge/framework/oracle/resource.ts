import * as z from "zod";
import { decodeType, list, map, object, set, type Type } from "../../../../src/bridge/cty/index.js";
import {
  type AttributeFacts,
  block,
  computed,
  exactNumber,
  optional,
  optionalComputed,
  type Resource,
  required,
  resource,
  setOf,
} from "../../../../src/bridge/sdk.js";
import { read, type Written } from "./values.js";

/** An attribute as the fixtures describe it: by its type, or by how it holds objects whose members are attributes. */
export interface Description {
  readonly type?: unknown;
  readonly nesting?: "single" | "list" | "set" | "map";
  readonly attributes?: Descriptions;
  readonly presence: keyof typeof declare;
  readonly default?: Written;
  readonly sensitive?: boolean;
  readonly writeOnly?: boolean;
  readonly replace?: boolean;
  readonly keep?: boolean;
  readonly deprecated?: boolean;
  readonly check?: Check;
}

export type Descriptions = Readonly<Record<string, Description>>;

interface Check {
  readonly minLength?: number;
  readonly max?: number;
  readonly maxItems?: number;
  /** The lengths and sizes are those of the elements. */
  readonly elements?: boolean;
}

const declare = { required, optional, computed, optionalComputed, block };

const fail = async (): Promise<never> => {
  throw new Error("nothing is ever created");
};

/** The bridge's resource of a description. */
export const resourceOf = (descriptions: Descriptions): Resource =>
  resource<unknown>()({
    description: "A thing.",
    schema: z.object(membersOf(descriptions)),
    create: fail,
    read: fail,
    update: fail,
    delete: fail,
  });

const membersOf = (descriptions: Descriptions): Record<string, z.ZodType> =>
  Object.fromEntries(
    Object.entries(descriptions).map(([name, own]) => [name, declare[own.presence](schemaOf(own), "An attribute.", factsOf(own))]),
  );

function factsOf(own: Description): AttributeFacts {
  const { sensitive = false, writeOnly = false, replace = false, keep: useStateForUnknown = false } = own;
  return {
    sensitive,
    writeOnly,
    replace,
    useStateForUnknown,
    ...(own.deprecated && { deprecated: "Use another." }),
    ...(own.default !== undefined && { default: read(own.default, typeOf(own)) }),
  };
}

function schemaOf({ type, nesting, attributes, check }: Description): z.ZodType {
  if (!nesting) return plain(decodeType(type), check);
  const member = z.object(membersOf(attributes ?? {}));
  return { single: () => member, list: () => listOf(member, check), set: () => setOf(member), map: () => z.record(z.string(), member) }[
    nesting
  ]();
}

const listOf = (element: z.ZodType, { maxItems }: Check = {}): z.ZodType =>
  maxItems === undefined ? z.array(element) : z.array(element).max(maxItems);

/** A collection hands a check of its elements on to them. */
function plain(type: Type, check: Check = {}): z.ZodType {
  const { minLength, max } = check;
  switch (type.kind) {
    case "string":
      return minLength === undefined ? z.string() : z.string().min(minLength);
    case "number":
      return max === undefined ? exactNumber() : z.number().max(max);
    case "bool":
      return z.boolean();
    case "list":
      return listOf(plain(type.element, check), check);
    case "set":
      return setOf(plain(type.element, check));
    case "map":
      return z.record(z.string(), plain(type.element, check));
    case "object":
      return z.object(Object.fromEntries(Object.entries(type.attributes).map(([name, own]) => [name, plain(own)])));
    default:
      return z.unknown();
  }
}

export function typeOf({ type, nesting, attributes }: Description): Type {
  if (!nesting) return decodeType(type);
  const member = typeOfAll(attributes ?? {});
  return { single: () => member, list: () => list(member), set: () => set(member), map: () => map(member) }[nesting]();
}

export const typeOfAll = (descriptions: Descriptions): Type =>
  object(Object.fromEntries(Object.entries(descriptions).map(([name, own]) => [name, typeOf(own)])));
