import { type CtyNumber, numberOfFloat, parseNumber } from "../decimal.js";
import { CtyError, errorUnder } from "../error.js";
import { wrongLength } from "../misfit.js";
import { numberOfText } from "../number-of-text.js";
import type { Type } from "../type.js";
import { decodeType, typeToString } from "../type-json.js";
import { DynamicValue, emptyObject, unknown, type Value } from "../value.js";
import { Reader, type Token } from "./reader.js";

/** Only dynamic types can nest without end; what nests deeper than this is malice. */
const MAX_DEPTH = 256;

/** The value of msgpack bytes. Every extension is an unknown value, whatever else it says. Throws {@link CtyError} for what is no value of the type. */
export function decodeMsgpack(bytes: Uint8Array, type: Type): Value {
  const reader = new Reader(bytes);
  const value = read(reader, type, 0);
  if (!reader.atEnd) throw new CtyError("more bytes follow after the value");
  return value;
}

function read(reader: Reader, type: Type, depth: number): Value {
  if (depth > MAX_DEPTH) throw new CtyError("the value nests too deep");
  const token = reader.token();
  if (token.kind === "nil") return null;
  if (token.kind === "extension") return unknown;
  switch (type.kind) {
    case "string":
      if (token.kind !== "string") throw misfit(token, type);
      return reader.text(token.size);
    case "bool":
      if (token.kind !== "boolean") throw misfit(token, type);
      return token.value;
    case "number":
      return readNumber(reader, token, type);
    case "list":
    case "set":
      if (token.kind !== "array") throw misfit(token, type);
      return readArray(reader, token.size, () => type.element, depth);
    case "tuple":
      if (token.kind !== "array") throw misfit(token, type);
      if (token.size !== type.elements.length) throw wrongLength(token.size, type.elements.length);
      return readArray(reader, token.size, (index) => type.elements[index] as Type, depth);
    case "map":
      if (token.kind !== "map") throw misfit(token, type);
      return readMap(reader, token.size, type.element, depth);
    case "object":
      if (token.kind !== "map") throw misfit(token, type);
      return readObject(reader, token.size, type.attributes, depth);
    case "dynamic":
      if (token.kind !== "array" || token.size !== 2) throw misfit(token, type);
      return readDynamic(reader, type, depth);
  }
}

function readNumber(reader: Reader, token: Token, type: Type): CtyNumber {
  switch (token.kind) {
    case "integer":
      return typeof token.value === "number" ? token.value : parseNumber(String(token.value));
    case "float":
      if (!Number.isFinite(token.value)) throw new CtyError("it is not a finite number");
      return numberOfFloat(token.value);
    case "string":
      return numberOfText(reader.text(token.size));
    default:
      throw misfit(token, type);
  }
}

function readArray(reader: Reader, size: number, elementType: (index: number) => Type, depth: number): Value {
  const elements: Value[] = [];
  try {
    while (elements.length < size) elements.push(read(reader, elementType(elements.length), depth + 1));
  } catch (error) {
    throw errorUnder({ kind: "index", index: elements.length }, error);
  }
  return elements;
}

function readMap(reader: Reader, size: number, type: Type, depth: number): Value {
  const members = emptyObject();
  for (let count = 0; count < size; count++) {
    const key = readKey(reader);
    try {
      if (key in members) throw new CtyError("the key is there twice");
      members[key] = read(reader, type, depth + 1);
    } catch (error) {
      throw errorUnder({ kind: "key", key }, error);
    }
  }
  return members;
}

function readObject(reader: Reader, size: number, attributes: Readonly<Record<string, Type>>, depth: number): Value {
  const members = emptyObject();
  for (let count = 0; count < size; count++) {
    const name = readKey(reader);
    try {
      const type = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
      if (!type) throw new CtyError("the type has no such attribute");
      if (name in members) throw new CtyError("the attribute is there twice");
      members[name] = read(reader, type, depth + 1);
    } catch (error) {
      throw errorUnder({ kind: "attribute", name }, error);
    }
  }
  for (const name of Object.keys(attributes))
    if (!(name in members)) throw new CtyError("the attribute is missing", [{ kind: "attribute", name }]);
  return members;
}

function readKey(reader: Reader): string {
  const token = reader.token();
  if (token.kind !== "string") throw new CtyError(`a msgpack ${token.kind} is no key`);
  return reader.text(token.size);
}

/** A type of JSON text, then a value of it. */
function readDynamic(reader: Reader, type: Type, depth: number): Value {
  const header = reader.token();
  if (header.kind !== "binary" && header.kind !== "string") throw misfit(header, type);
  const own = typeOfText(reader.text(header.size));
  const value = read(reader, own, depth + 1);
  return own.kind === "dynamic" ? value : new DynamicValue(own, value);
}

function typeOfText(text: string): Type {
  try {
    return decodeType(JSON.parse(text));
  } catch (error) {
    throw error instanceof SyntaxError ? new CtyError("its type is no JSON") : error;
  }
}

const misfit = (token: Token, type: Type): CtyError => new CtyError(`a msgpack ${token.kind} is no ${typeToString(type)}`);
