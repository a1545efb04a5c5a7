import { CtyError, errorUnder } from "../error.js";
import { wrongLength } from "../misfit.js";
import { numberOfText } from "../number-of-text.js";
import type { Type } from "../type.js";
import { decodeType, typeToString } from "../type-json.js";
import { asBuffer, utf8Text } from "../utf8.js";
import { DynamicValue, emptyObject, type Value } from "../value.js";
import { parseJson, RawNumber } from "./parse.js";

export interface DecodeJsonOptions {
  /** Stored state may hold attributes that the schema no longer has. */
  readonly ignoreUnknownAttributes?: boolean;
}

/**
 * The value of a JSON text: numbers keep every digit, an attribute that is not there is null, and simple values
 * convert to and from text where their meaning is clear, as Terraform does it. Throws {@link CtyError}.
 */
export function decodeJson(json: Uint8Array | string, type: Type, options: DecodeJsonOptions = {}): Value {
  return valueFrom(parseJson(typeof json === "string" ? json : utf8Text(asBuffer(json))), type, options);
}

function valueFrom(json: unknown, type: Type, options: DecodeJsonOptions): Value {
  if (json === null) return null;
  switch (type.kind) {
    case "string":
      if (typeof json === "string") return json;
      if (json instanceof RawNumber) return json.text;
      if (typeof json === "boolean") return String(json);
      throw misfit(type);
    case "bool":
      if (typeof json === "boolean") return json;
      if (json === "true" || textOrNumber(json) === "1") return true;
      if (json === "false" || textOrNumber(json) === "0") return false;
      throw misfit(type);
    case "number": {
      const text = textOrNumber(json);
      if (text !== undefined) return numberOfText(text);
      throw misfit(type);
    }
    case "list":
    case "set":
      if (!Array.isArray(json)) throw misfit(type);
      return elementsOf(json, () => type.element, options);
    case "tuple":
      if (!Array.isArray(json)) throw misfit(type);
      if (json.length !== type.elements.length) throw wrongLength(json.length, type.elements.length);
      return elementsOf(json, (index) => type.elements[index] as Type, options);
    case "map":
      if (!isObject(json)) throw misfit(type);
      return mapOf(json, type.element, options);
    case "object":
      if (!isObject(json)) throw misfit(type);
      return objectOf(json, type.attributes, options);
    case "dynamic":
      if (!isObject(json)) throw misfit(type);
      return dynamicOf(json, type, options);
  }
}

/** A text, or the digits of a number; undefined for anything else. */
const textOrNumber = (json: unknown): string | undefined =>
  json instanceof RawNumber ? json.text : typeof json === "string" ? json : undefined;

function elementsOf(elements: readonly unknown[], elementType: (index: number) => Type, options: DecodeJsonOptions): Value {
  return elements.map((element, index) => {
    try {
      return valueFrom(element, elementType(index), options);
    } catch (error) {
      throw errorUnder({ kind: "index", index }, error);
    }
  });
}

function mapOf(json: Readonly<Record<string, unknown>>, type: Type, options: DecodeJsonOptions): Value {
  const members = emptyObject();
  for (const [key, member] of Object.entries(json)) {
    try {
      members[key] = valueFrom(member, type, options);
    } catch (error) {
      throw errorUnder({ kind: "key", key }, error);
    }
  }
  return members;
}

function objectOf(json: Readonly<Record<string, unknown>>, attributes: Readonly<Record<string, Type>>, options: DecodeJsonOptions): Value {
  if (!options.ignoreUnknownAttributes) {
    const extra = Object.keys(json).find((name) => !Object.hasOwn(attributes, name));
    if (extra !== undefined) throw new CtyError("the type has no such attribute", [{ kind: "attribute", name: extra }]);
  }
  const members = emptyObject();
  for (const [name, type] of Object.entries(attributes)) {
    try {
      members[name] = valueFrom(json[name] ?? null, type, options);
    } catch (error) {
      throw errorUnder({ kind: "attribute", name }, error);
    }
  }
  return members;
}

function dynamicOf(json: Readonly<Record<string, unknown>>, type: Type, options: DecodeJsonOptions): Value {
  const extra = Object.keys(json).some((name) => name !== "type" && name !== "value");
  if (extra || json.type === undefined || json.value === undefined) throw misfit(type);
  const own = decodeType(json.type);
  const value = valueFrom(json.value, own, options);
  return own.kind === "dynamic" ? value : new DynamicValue(own, value);
}

/** The parser's objects have no prototype, so that each name in them is their own. */
const isObject = (json: unknown): json is Readonly<Record<string, unknown>> =>
  typeof json === "object" && json !== null && !Array.isArray(json) && !(json instanceof RawNumber);

const misfit = (type: Type): CtyError => new CtyError(`the JSON is no ${typeToString(type)}`);
