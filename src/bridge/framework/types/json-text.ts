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

/** A JSON string, compared as a string. */
export const jsonText = (): z.ZodString => customText(json);

/** A JSON string with semantic equality: white space and the order of members do not matter, the digits of numbers do. */
export const normalizedJsonText = (): z.ZodString =>
  customText({ ...json, semanticEquals: (one, other) => isDeepStrictEqual(parseJson(one), parseJson(other)) });
