import { isCtyNumber, numberText } from "../decimal.js";
import { CtyError, errorUnder } from "../error.js";
import { misfit, wrongLength } from "../misfit.js";
import { sortedKeys } from "../sorted-keys.js";
import type { Type } from "../type.js";
import { typeText } from "../type-json.js";
import { DynamicValue, isValueObject, unknown, type Value, type ValueObject } from "../value.js";
import { quote } from "./quote.js";

/**
 * The JSON text of a value, as Terraform writes it. Throws {@link CtyError} for a value that does not fit the type,
 * and for an unknown value, which JSON cannot hold.
 */
export function encodeJson(value: Value, type: Type): string {
  if (value === null) return "null";
  if (value === unknown) throw new CtyError("an unknown value has no JSON");
  switch (type.kind) {
    case "string":
      if (typeof value !== "string") throw misfit(value, type);
      return quote(value);
    case "bool":
      if (typeof value !== "boolean") throw misfit(value, type);
      return String(value);
    case "number":
      if (!isCtyNumber(value)) throw misfit(value, type);
      return numberText(value);
    case "list":
    case "set":
      if (!Array.isArray(value)) throw misfit(value, type);
      return arrayText(value, () => type.element);
    case "tuple":
      if (!Array.isArray(value)) throw misfit(value, type);
      if (value.length !== type.elements.length) throw wrongLength(value.length, type.elements.length);
      return arrayText(value, (index) => type.elements[index] as Type);
    case "map":
      if (!isValueObject(value)) throw misfit(value, type);
      return mapText(value, type.element);
    case "object":
      if (!isValueObject(value)) throw misfit(value, type);
      return objectText(value, type.attributes);
    case "dynamic":
      if (!(value instanceof DynamicValue)) throw misfit(value, type);
      return `{"value":${encodeJson(value.value, value.type)},"type":${typeText(value.type)}}`;
  }
}

function arrayText(elements: readonly Value[], elementType: (index: number) => Type): string {
  const texts = elements.map((element, index) => {
    try {
      return encodeJson(element, elementType(index));
    } catch (error) {
      throw errorUnder({ kind: "index", index }, error);
    }
  });
  return `[${texts.join()}]`;
}

function mapText(value: ValueObject, type: Type): string {
  const texts = sortedKeys(value).map((key) => {
    try {
      return `${quote(key)}:${encodeJson(value[key] as Value, type)}`;
    } catch (error) {
      throw errorUnder({ kind: "key", key }, error);
    }
  });
  return `{${texts.join()}}`;
}

function objectText(value: ValueObject, attributes: Readonly<Record<string, Type>>): string {
  const texts = sortedKeys(attributes).map((name) => {
    try {
      if (!Object.hasOwn(value, name)) throw new CtyError("the attribute is missing");
      return `${quote(name)}:${encodeJson(value[name] as Value, attributes[name] as Type)}`;
    } catch (error) {
      throw errorUnder({ kind: "attribute", name }, error);
    }
  });
  return `{${texts.join()}}`;
}
