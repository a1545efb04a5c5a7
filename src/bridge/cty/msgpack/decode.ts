import { type CtyNumber, exactNumber, parseNumber } from "../decimal.js";
import { CtyError } from "../error.js";
import type { Path, PathStep } from "../path.js";
import type { Type } from "../type.js";
import { decodeType, typeToString } from "../type-json.js";
import { DynamicValue, emptyObject, unknown, type Value } from "../value.js";
import { Reader, type Token } from "./reader.js";

/** The value of msgpack bytes. Every extension is an unknown value, whatever it says beside that. Throws {@link CtyError} for anything else than a value of the type. */
export function decodeMsgpack(bytes: Uint8Array, type: Type): Value {
  const reader = new Reader(bytes);
  const value = read(reader, type, []);
  if (!reader.atEnd) throw new CtyError("more bytes follow after the value");
  return value;
}

function read(reader: Reader, type: Type, path: Path): Value {
  const token = next(reader, path);
  if (token.kind === "nil") return null;
  if (token.kind === "extension") return unknown;
  switch (type.kind) {
    case "string":
      return readText(reader, token, type, path);
    case "bool":
      if (token.kind !== "boolean") throw misfit(token, type, path);
      return token.value;
    case "number":
      return readNumber(reader, token, type, path);
    case "list":
    case "set":
      return readArray(reader, token, type, path, () => type.element);
    case "tuple":
      return readArray(reader, token, type, path, (index) => type.elements[index], type.elements.length);
    case "map":
      return readMembers(reader, token, type, path, () => type.element);
    case "object":
      return readMembers(reader, token, type, path, (name) => (Object.hasOwn(type.attributes, name) ? type.attributes[name] : undefined), Object.keys(type.attributes).length);
    case "dynamic":
      return readDynamic(reader, token, type, path);
  }
}

function next(reader: Reader, path: Path): Token {
  return guarded(path, () => reader.token());
}

/** Only what reads bytes throws RangeError; here it gets its place. */
function guarded<T>(path: Path, readBytes: () => T): T {
  try {
    return readBytes();
  } catch (error) {
    if (error instanceof RangeError) throw new CtyError(error.message, path);
    throw error;
  }
}

function readText(reader: Reader, token: Token, type: Type, path: Path): string {
  if (token.kind !== "string") throw misfit(token, type, path);
  return guarded(path, () => reader.text(token.size));
}

function readNumber(reader: Reader, token: Token, type: Type, path: Path): CtyNumber {
  switch (token.kind) {
    case "integer":
      return typeof token.value === "number" ? token.value : parseNumber(String(token.value));
    case "float":
      if (!Number.isFinite(token.value)) throw new CtyError("it is not a finite number", path);
      return exactNumber(token.value);
    case "string":
      return guarded(path, () => parseNumber(reader.text(token.size)));
    default:
      throw misfit(token, type, path);
  }
}

function readArray(reader: Reader, token: Token, type: Type, path: Path, elementType: (index: number) => Type | undefined, length?: number): Value {
  if (token.kind !== "array") throw misfit(token, type, path);
  if (length !== undefined && token.size !== length) throw new CtyError(`it has ${token.size} elements, and the type has ${length}`, path);
  const elements: Value[] = [];
  for (let index = 0; index < token.size; index++) elements.push(read(reader, elementType(index) as Type, [...path, { kind: "index", index }]));
  return elements;
}

function readMembers(reader: Reader, token: Token, type: Type, path: Path, memberType: (name: string) => Type | undefined, size?: number): Value {
  if (token.kind !== "map") throw misfit(token, type, path);
  const members = emptyObject();
  for (let count = 0; count < token.size; count++) {
    const key = next(reader, path);
    if (key.kind !== "string") throw new CtyError("a key is no text", path);
    const name = guarded(path, () => reader.text(key.size));
    const step: PathStep = type.kind === "map" ? { kind: "key", key: name } : { kind: "attribute", name };
    const own = memberType(name);
    if (!own) throw new CtyError("the type has no such attribute", [...path, step]);
    if (Object.hasOwn(members, name)) throw new CtyError("it is there twice", [...path, step]);
    members[name] = read(reader, own, [...path, step]);
  }
  if (size !== undefined && token.size !== size) throw new CtyError("an attribute is missing", path);
  return members;
}

function readDynamic(reader: Reader, token: Token, type: Type, path: Path): Value {
  if (token.kind !== "array" || token.size !== 2) throw misfit(token, type, path);
  const header = next(reader, path);
  if (header.kind !== "binary" && header.kind !== "string") throw misfit(header, type, path);
  const text = guarded(path, () => reader.text(header.size));
  const own = typeOf(text, path);
  return new DynamicValue(own, read(reader, own, path));
}

function typeOf(text: string, path: Path): Type {
  try {
    return decodeType(JSON.parse(text));
  } catch (error) {
    throw new CtyError(error instanceof CtyError ? error.reason : "its type is no JSON", path);
  }
}

const misfit = (token: Token, type: Type, path: Path): CtyError => new CtyError(`a msgpack ${token.kind} is no ${typeToString(type)}`, path);
