import { numberOfText } from "../number-of-text.js";
import { asBuffer, utf8Text } from "../utf8.js";
import { emptyObject, type Value, type ValueObject } from "../value.js";
import { parseJson, RawNumber } from "./parse.js";

/** A value whose schema nobody knows any more, as JSON has it: numbers with every digit. Throws {@link CtyError}. */
export const storedValue = (json: Uint8Array | string): Value =>
  plainOf(parseJson(typeof json === "string" ? json : utf8Text(asBuffer(json))));

/** Stored state whose schema nobody knows any more. Throws {@link CtyError}. */
export function storedValues(json: Uint8Array): ValueObject {
  const value = storedValue(json);
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
