import { canonicalKey, type Type, unknown, type Value, type ValueObject } from "../../../src/bridge/cty/index.js";

export type Json = null | string | number | boolean | readonly Json[] | { readonly [name: string]: Json };

/** What stands on the right of an argument. */
export type Expression =
  | { readonly literal: Json }
  | { readonly reference: string; readonly attribute: string }
  | { readonly list: readonly Expression[] }
  | { readonly map: Readonly<Record<string, Expression>> };

export interface ResourceBlock {
  readonly type: string;
  readonly name: string;
  /** The alias of its provider; undefined: the default one. */
  readonly provider?: string | undefined;
  readonly arguments: Readonly<Record<string, Expression>>;
}

export interface Configuration {
  /** By alias; "" is the default one. */
  readonly providers: Readonly<Record<string, Readonly<Record<string, Json>>>>;
  /** By address. */
  readonly resources: ReadonlyMap<string, ResourceBlock>;
}

export const literal = (value: Json): Expression => ({ literal: value });
export const reference = (address: string, attribute: string): Expression => ({ reference: address, attribute });

export const addressOf = ({ type, name }: Pick<ResourceBlock, "type" | "name">): string => `${type}.${name}`;
export const typeOfAddress = (address: string): string => address.split(".")[0] ?? "";

/** The addresses that a block refers to, each once. */
export function referencesOf(block: ResourceBlock): string[] {
  const found = new Set<string>();
  const visit = (expression: Expression): void => {
    if ("reference" in expression) found.add(expression.reference);
    else if ("list" in expression) expression.list.forEach(visit);
    else if ("map" in expression) Object.values(expression.map).forEach(visit);
  };
  Object.values(block.arguments).forEach(visit);
  return [...found];
}

/** What references are replaced by; unknown: nothing is known of the object yet. */
export type Scope = (address: string) => ValueObject | typeof unknown;

/** The configuration of a resource as the provider is sent it: every attribute, null where there is no argument. */
export const evaluate = (block: ResourceBlock, attributes: Readonly<Record<string, Type>>, scope: Scope): ValueObject =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, type]) => {
      const expression = block.arguments[name];
      return [name, expression === undefined ? null : convert(valueIn(expression, scope), type)];
    }),
  );

function valueIn(expression: Expression, scope: Scope): Value {
  if ("literal" in expression) return expression.literal as Value;
  if ("list" in expression) return expression.list.map((member) => valueIn(member, scope));
  if ("map" in expression)
    return Object.fromEntries(Object.entries(expression.map).map(([name, member]) => [name, valueIn(member, scope)]));
  const object = scope(expression.reference);
  return object === unknown ? unknown : (object[expression.attribute] ?? null);
}

/** A list becomes a set: equal members are one. */
function convert(value: Value, type: Type): Value {
  if (type.kind !== "set" || !Array.isArray(value)) return value;
  const members = new Map<unknown, Value>();
  for (const member of value as readonly Value[]) members.set(member === unknown ? unknown : canonicalKey(member, type.element), member);
  return [...members.values()];
}
