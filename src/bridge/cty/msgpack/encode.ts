import { type CtyNumber, integerOf, isCtyNumber, isExactFloat, numberText } from "../decimal.js";
import { CtyError, errorUnder } from "../error.js";
import { misfit, wrongLength } from "../misfit.js";
import { sortedKeys } from "../sorted-keys.js";
import type { Type } from "../type.js";
import { typeText } from "../type-json.js";
import { DynamicValue, isValueObject, unknown, type Value, type ValueObject } from "../value.js";
import { Writer } from "./writer.js";

type Known = Exclude<Value, null | typeof unknown>;

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/** The bytes that Terraform's own libraries write for a value. Throws {@link CtyError} for a value that does not fit the type. */
export function encodeMsgpack(value: Value, type: Type): Uint8Array {
  const writer = new Writer();
  write(writer, value, type);
  return writer.bytes();
}

function write(writer: Writer, value: Value, type: Type): void {
  if (value === null) writer.nil();
  else if (value === unknown) writer.unknown();
  else writeKnown(writer, value, type);
}

function writeKnown(writer: Writer, value: Known, type: Type): void {
  switch (type.kind) {
    case "string":
      if (typeof value !== "string") throw misfit(value, type);
      writer.string(value);
      break;
    case "bool":
      if (typeof value !== "boolean") throw misfit(value, type);
      writer.boolean(value);
      break;
    case "number":
      if (!isCtyNumber(value)) throw misfit(value, type);
      writeNumber(writer, value);
      break;
    case "list":
    case "set":
      if (!Array.isArray(value)) throw misfit(value, type);
      writeArray(writer, value, () => type.element);
      break;
    case "tuple":
      if (!Array.isArray(value)) throw misfit(value, type);
      if (value.length !== type.elements.length) throw wrongLength(value.length, type.elements.length);
      writeArray(writer, value, (index) => type.elements[index] as Type);
      break;
    case "map":
      if (!isValueObject(value)) throw misfit(value, type);
      writeMap(writer, value, type.element);
      break;
    case "object":
      if (!isValueObject(value)) throw misfit(value, type);
      writeObject(writer, value, type.attributes);
      break;
    case "dynamic":
      if (!(value instanceof DynamicValue)) throw misfit(value, type);
      writer.array(2);
      writer.binary(Buffer.from(typeText(value.type)));
      write(writer, value.value, value.type);
  }
}

/**
 * As an integer or a binary64 where that says exactly the number, else as decimal text.
 * A {@link Decimal} with a fraction goes as text even where a binary64 has its value, because Terraform reads a binary64 as its shortest text.
 */
function writeNumber(writer: Writer, value: CtyNumber): void {
  const integer = integerOf(value);
  if (integer !== undefined && integer >= INT64_MIN && integer <= INT64_MAX) writer.integer(integer);
  else if (typeof value === "number" && integer === undefined && isExactFloat(value)) writer.float(value);
  else writer.string(numberText(value));
}

function writeArray(writer: Writer, elements: readonly Value[], elementType: (index: number) => Type): void {
  writer.array(elements.length);
  let index = 0;
  try {
    for (const element of elements) {
      write(writer, element, elementType(index));
      index++;
    }
  } catch (error) {
    throw errorUnder({ kind: "index", index }, error);
  }
}

function writeMap(writer: Writer, value: ValueObject, type: Type): void {
  const keys = sortedKeys(value);
  writer.map(keys.length);
  for (const key of keys) {
    writer.string(key);
    try {
      write(writer, value[key] as Value, type);
    } catch (error) {
      throw errorUnder({ kind: "key", key }, error);
    }
  }
}

function writeObject(writer: Writer, value: ValueObject, attributes: Readonly<Record<string, Type>>): void {
  const names = attributeNames(attributes);
  writer.map(names.length);
  for (const name of names) {
    writer.string(name);
    try {
      if (!Object.hasOwn(value, name)) throw new CtyError("the attribute is missing");
      write(writer, value[name] as Value, attributes[name] as Type);
    } catch (error) {
      throw errorUnder({ kind: "attribute", name }, error);
    }
  }
}

/** A schema's types live as long as the process, and each of their values needs the names in order. */
const namesByAttributes = new WeakMap<object, readonly string[]>();

function attributeNames(attributes: Readonly<Record<string, Type>>): readonly string[] {
  const known = namesByAttributes.get(attributes);
  if (known) return known;
  const names = sortedKeys(attributes);
  namesByAttributes.set(attributes, names);
  return names;
}
