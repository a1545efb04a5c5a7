import type { Step } from "./members.js";

/** Where the configuration says nothing, the declared default is planned. */
export const defaults: Step = (attribute, { config, planned }) =>
  config === null && attribute.default !== undefined ? attribute.default : planned;
