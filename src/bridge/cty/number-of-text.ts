import { type CtyNumber, parseNumber } from "./decimal.js";
import { CtyError } from "./error.js";

/** {@link parseNumber} for text inside a value: throws {@link CtyError}, which can tell the place. */
export function numberOfText(text: string): CtyNumber {
  try {
    return parseNumber(text);
  } catch (error) {
    throw error instanceof RangeError ? new CtyError(error.message) : error;
  }
}
