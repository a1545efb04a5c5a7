import { Decimal } from "./decimal.js";
import { bool, dynamic, number, object, string, type Type, tuple } from "./type.js";

/** A value that is not known yet; Terraform prints it as "(known after apply)". */
export const unknown: unique symbol = Symbol.for("terraform.unknown");
export type Unknown = typeof unknown;

/** A value of a `dynamic` attribute with the type that it brought. */
export class DynamicValue {
  /** Whatever a bundler makes of the class: zod tells its users what it received by this. */
  static readonly name = "DynamicValue";

  constructor(
    readonly type: Type,
    readonly value: Value,
  ) {}
}

/**
 * A value of Terraform's type system; what it means depends on the {@link Type} that goes with it.
 *
 * - string, bool: the JavaScript value
 * - number: a JavaScript number means its shortest decimal text; what has no such number is a {@link Decimal}
 * - list, set, tuple: an array (the order of a set means nothing)
 * - map, object: an object without a prototype, so that any text is safe as a key
 * - dynamic: a {@link DynamicValue}, or null or unknown without a type
 */
export type Value = null | Unknown | string | boolean | number | Decimal | DynamicValue | readonly Value[] | ValueObject;

export interface ValueObject {
  readonly [name: string]: Value;
}

/** Whether a value is a map or an object: plain, so neither a Date nor a Map, whose content would be lost silently. */
export function isValueObject(value: Value): value is ValueObject {
  if (typeof value !== "object" || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || (!Array.isArray(value) && Object.getPrototypeOf(prototype) === null);
}

/** Whether there is no value. A null in a `dynamic` attribute may have brought a type along, as `tostring(null)` does. */
export const isNull = (value: Value): boolean => value === null || (value instanceof DynamicValue && value.value === null);

/** Whether a value itself is known; parts of it may be unknown. */
export const isKnown = (value: Value): value is Exclude<Value, Unknown> => value !== unknown;

/** Whether a value is known at every depth. */
export function isWhollyKnown(value: Value): boolean {
  if (value === unknown) return false;
  if (value === null || typeof value !== "object") return true;
  if (Array.isArray(value)) return value.every(isWhollyKnown);
  if (value instanceof DynamicValue) return isWhollyKnown(value.value);
  return value instanceof Decimal || Object.values(value as ValueObject).every(isWhollyKnown);
}

/** An object that any text is safe as a key of, `__proto__` included. */
export const emptyObject = (): Record<string, Value> => Object.create(null);

/** Values of any types, each with its own, as one value: a tuple. */
export const tupleOf = (members: readonly DynamicValue[]): DynamicValue =>
  new DynamicValue(
    tuple(members.map(({ type }) => type)),
    members.map(({ value }) => value),
  );

/** A value with the type that a JavaScript value has by itself: an array is a tuple, an object is an object. */
export function dynamicOf(value: Exclude<Value, null | Unknown>): DynamicValue {
  return value instanceof DynamicValue ? value : new DynamicValue(ownType(value), value);
}

function ownType(value: Value): Type {
  if (value === null || value === unknown) return dynamic;
  if (typeof value === "string") return string;
  if (typeof value === "boolean") return bool;
  if (typeof value === "number" || value instanceof Decimal) return number;
  if (Array.isArray(value)) return tuple(value.map(ownType));
  return object(Object.fromEntries(Object.entries(value as ValueObject).map(([name, member]) => [name, ownType(member)])));
}
