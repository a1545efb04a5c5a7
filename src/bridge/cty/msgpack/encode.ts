import { asExactFloat, asInteger, Decimal, numberText } from "../decimal.js";
import { CtyError } from "../error.js";
import { sortedKeys } from "../sorted-keys.js";
import type { Type } from "../type.js";
import { encodeType, typeToString } from "../type-json.js";
import { DynamicValue, unknown, type Value, type ValueObject } from "../value.js";
import { Writer } from "./writer.js";

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/** The bytes that Terraform's own libraries write for a value. Throws {@link CtyError} for a value that does not fit the type. */
export function encodeMsgpack(value: Value, type: Type): Uint8Array {
  const writer = new Writer();
  write(writer, value, type);
  return writer.bytes();
}

function write(writer: Writer, value: Value, type: Type): void {
  if (value === null) return writer.nil();
  if (value === unknown) return writer.unknown();
  switch (type.kind) {
    case "string":
      if (typeof value !== "string") throw misfit(value, type);
      return writer.string(value);
    case "bool":
      if (typeof value !== "boolean") throw misfit(value, type);
      return writer.boolean(value);
    case "number":
      if (typeof value !== "number" && !(value instanceof Decimal)) throw misfit(value, type);
      return writeNumber(writer, value);
    case "list":
    case "set":
      return writeArray(writer, value, type, () => type.element);
    case "tuple":
      return writeArray(writer, value, type, (index) => type.elements[index]);
    case "map":
      return writeMembers(writer, value as ValueObject, sortedKeys(value as ValueObject), () => type.element);
    case "object":
      return writeMembers(writer, value as ValueObject, sortedKeys(type.attributes), (name) => type.attributes[name]);
    case "dynamic":
      if (!(value instanceof DynamicValue)) throw misfit(value, type);
      writer.array(2);
      writer.binary(Buffer.from(JSON.stringify(encodeType(value.type))));
      return write(writer, value.value, value.type);
  }
}

function writeNumber(writer: Writer, value: number | Decimal): void {
  const whole = asInteger(value);
  if (whole !== undefined && whole >= INT64_MIN && whole <= INT64_MAX) return writer.integer(whole);
  const float = asExactFloat(value);
  if (float !== undefined) writer.float(float);
  else writer.string(numberText(value));
}

function writeArray(writer: Writer, value: Value, type: Type, elementType: (index: number) => Type | undefined): void {
  if (!Array.isArray(value)) throw misfit(value, type);
  writer.array(value.length);
  for (const [index, element] of (value as readonly Value[]).entries()) {
    const own = elementType(index);
    if (!own) throw misfit(value, type);
    write(writer, element, own);
  }
}

function writeMembers(writer: Writer, value: ValueObject, names: readonly string[], memberType: (name: string) => Type | undefined): void {
  writer.map(names.length);
  for (const name of names) {
    const own = memberType(name);
    const member = value[name];
    if (!own || member === undefined) throw new CtyError("it is missing", [{ kind: "attribute", name }]);
    writer.string(name);
    write(writer, member, own);
  }
}

const misfit = (value: Value, type: Type): CtyError => new CtyError(`a JavaScript ${typeof value} is no ${typeToString(type)}`);
