import { unknown } from "../../cty/index.js";
import type { Step } from "./members.js";

/**
 * Marks what the provider will decide at apply. Only for a plan that changes something: an unknown value in a plan
 * that changes nothing would be a change itself, on every run.
 */
export const unknowns =
  (creating: boolean): Step =>
  (attribute, { config, prior, planned }) => {
    if (config !== null || !attribute.computed || attribute.default !== undefined) return planned;
    return attribute.keep && !creating ? prior : unknown;
  };
