import { type Decimal, numberText, parseNumber } from "./decimal.js";
import { CtyError } from "./error.js";
import { parseJson, RawNumber } from "./json-parse.js";
import type { Path, PathStep } from "./path.js";
import { sortedKeys } from "./sorted-keys.js";
import type { Type } from "./type.js";
import { decodeType, encodeType, typeToString } from "./type-json.js";
import { DynamicValue, emptyObject, unknown, type Value, type ValueObject } from "./value.js";

export interface DecodeJsonOptions {
  /** Stored state may hold attributes that the schema no longer has. */
  readonly ignoreUnknownAttributes?: boolean;
}

/** The value of a JSON text; numbers keep every digit, and an attribute that is not there is null. Throws {@link CtyError}. */
export function decodeJson(json: Uint8Array | string, type: Type, options: DecodeJsonOptions = {}): Value {
  return from(parseJson(typeof json === "string" ? json : Buffer.from(json.buffer, json.byteOffset, json.byteLength).toString("utf8")), type, [], options);
}

function from(json: unknown, type: Type, path: Path, options: DecodeJsonOptions): Value {
  if (json === null || json === undefined) return null;
  const misfit = () => new CtyError(`it is no ${typeToString(type)}`, path);
  switch (type.kind) {
    case "string":
      if (typeof json === "string") return json;
      if (json instanceof RawNumber) return json.text;
      if (typeof json === "boolean") return String(json);
      throw misfit();
    case "bool":
      if (typeof json === "boolean") return json;
      if (json === "true" || json === "false") return json === "true";
      throw misfit();
    case "number":
      if (json instanceof RawNumber) return numberFrom(json.text, path);
      if (typeof json === "string") return numberFrom(json, path);
      throw misfit();
    case "list":
    case "set":
      if (!Array.isArray(json)) throw misfit();
      return json.map((element, index) => from(element, type.element, [...path, { kind: "index", index }], options));
    case "tuple":
      if (!Array.isArray(json) || json.length !== type.elements.length) throw misfit();
      return json.map((element, index) => from(element, type.elements[index] as Type, [...path, { kind: "index", index }], options));
    case "map":
      return members(json, path, misfit, options, (key) => [{ kind: "key", key }, type.element]);
    case "object": {
      const found = members(json, path, misfit, options, (name) => [{ kind: "attribute", name }, Object.hasOwn(type.attributes, name) ? type.attributes[name] : undefined]);
      for (const name of Object.keys(type.attributes)) if (!Object.hasOwn(found, name)) found[name] = null;
      return found;
    }
    case "dynamic": {
      if (!isObject(json) || !("type" in json)) throw misfit();
      const own = decodeType(json.type);
      const value = from(json.value, own, path, options);
      return value === null && own.kind === "dynamic" ? null : new DynamicValue(own, value);
    }
  }
}

function members(
  json: unknown,
  path: Path,
  misfit: () => CtyError,
  options: DecodeJsonOptions,
  memberOf: (name: string) => readonly [PathStep, Type | undefined],
): Record<string, Value> {
  if (!isObject(json)) throw misfit();
  const found = emptyObject();
  for (const [name, member] of Object.entries(json)) {
    const [step, type] = memberOf(name);
    if (type) found[name] = from(member, type, [...path, step], options);
    else if (!options.ignoreUnknownAttributes) throw new CtyError("the type has no such attribute", [...path, step]);
  }
  return found;
}

function numberFrom(text: string, path: Path): Value {
  try {
    return parseNumber(text);
  } catch (error) {
    throw new CtyError((error as Error).message, path);
  }
}

/** The JSON text of a value. Throws {@link CtyError} for an unknown value, which JSON cannot hold. */
export const encodeJson = (value: Value, type: Type): string => text(value, type, []);

function text(value: Value, type: Type, path: Path): string {
  if (value === null) return "null";
  if (value === unknown) throw new CtyError("an unknown value has no JSON", path);
  switch (type.kind) {
    case "number":
      return numberText(value as number | Decimal);
    case "list":
    case "set":
    case "tuple":
      return `[${(value as readonly Value[]).map((element, index) => text(element, type.kind === "tuple" ? (type.elements[index] as Type) : type.element, [...path, { kind: "index", index }])).join()}]`;
    case "map":
      return memberTexts(value as ValueObject, sortedKeys(value as object), (key) => [type.element, { kind: "key", key }], path);
    case "object":
      return memberTexts(value as ValueObject, sortedKeys(type.attributes), (name) => [type.attributes[name] as Type, { kind: "attribute", name }], path);
    case "dynamic": {
      const { type: inner, value: held } = value as DynamicValue;
      return `{"value":${text(held, inner, path)},"type":${JSON.stringify(encodeType(inner))}}`;
    }
    default:
      return JSON.stringify(value);
  }
}

function memberTexts(value: ValueObject, names: readonly string[], memberOf: (name: string) => readonly [Type, PathStep], path: Path): string {
  const texts = names.map((name) => {
    const [type, step] = memberOf(name);
    return `${JSON.stringify(name)}:${text(value[name] ?? null, type, [...path, step])}`;
  });
  return `{${texts.join()}}`;
}

const isObject = (json: unknown): json is Record<string, unknown> =>
  typeof json === "object" && json !== null && !Array.isArray(json) && !(json instanceof RawNumber);
