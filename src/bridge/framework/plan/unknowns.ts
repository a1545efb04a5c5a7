import { unknown } from "../../cty/index.js";
import type { Step } from "./members.js";

/**
 * Marks what the provider will decide at apply. Only for a plan that changes something: an unknown value in a plan
 * that changes nothing would be a change itself, on every run. Where the object is new, at whatever depth, there is nothing to keep.
 */
export const unknowns: Step = (attribute, { config, prior, planned, isNew }) => {
  if (config !== null || !attribute.computed || attribute.default !== undefined) return planned;
  return attribute.useStateForUnknown && !isNew ? prior : unknown;
};
