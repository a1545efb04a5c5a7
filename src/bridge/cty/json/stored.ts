import { numberOfText } from "../number-of-text.js";
import { asBuffer, utf8Text } from "../utf8.js";
import { emptyObject, type Value, type ValueObject } from "../value.js";
import { parseJson, RawNumber } from "./parse.js";

/** Stored state whose schema nobody knows any more: values as JSON has them, numbers with every digit. Throws {@link CtyError}. */
export function storedValues(json: Uint8Array): ValueObject {
  const value = plainOf(parseJson(utf8Text(asBuffer(json))));
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as ValueObject) : emptyObject();
}

function plainOf(json: unknown): Value {
  if (json instanceof RawNumber) return numberOfText(json.text);
  if (Array.isArray(json)) return json.map(plainOf);
  if (typeof json !== "object" || json === null) return json as Value;
  const values = emptyObject();
  for (const [name, member] of Object.entries(json)) values[name] = plainOf(member);
  return values;
}
