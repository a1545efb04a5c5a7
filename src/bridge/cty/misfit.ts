import { CtyError } from "./error.js";
import type { Type } from "./type.js";
import { typeToString } from "./type-json.js";
import type { Value } from "./value.js";

/** The error for a JavaScript value that is none of its type. It never shows the value, which may be a secret. */
export const misfit = (value: Value, type: Type): CtyError => new CtyError(`${kindOf(value)} is no ${typeToString(type)}`);

export const wrongLength = (length: number, expected: number): CtyError =>
  new CtyError(`it has ${length} elements, and the type has ${expected}`);

const kindOf = (value: Value): string =>
  value === undefined || Number.isNaN(value) ? String(value) : Array.isArray(value) ? "a JavaScript array" : `a JavaScript ${typeof value}`;
