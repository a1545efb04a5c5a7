import { isDeepStrictEqual } from "node:util";
import type * as z from "zod";
import { parseJson } from "../../cty/index.js";
import { type CustomText, customText } from "./custom-text.js";

const json: CustomText = {
  invalid: "Invalid JSON String Value",
  expected: "A text in JSON is expected",
  accepts: (text) => {
    try {
      parseJson(text);
      return true;
    } catch {
      return false;
    }
  },
};

/** JSON that is compared as it is written. */
export const jsonText = (): z.ZodString => customText(json);

/** JSON that is compared by what it says: white space and the order of members do not matter, the digits of numbers do. */
export const normalizedJsonText = (): z.ZodString =>
  customText({ ...json, semanticEquals: (one, other) => isDeepStrictEqual(parseJson(one), parseJson(other)) });
