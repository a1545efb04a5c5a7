import type { ValueObject } from "../../cty/index.js";
import type { Schema } from "../schema/schema.js";
import { mapAttributes, type Step } from "./members.js";

const absent: Step = (attribute, { planned }) => (attribute.writeOnly ? null : planned);

/** A value as it may be planned and stored: without what is write-only, at every depth. */
export const withoutWriteOnly = <V extends ValueObject | null>(schema: Schema, value: V): V =>
  (value === null ? null : mapAttributes(schema.attributes, absent, { config: value, prior: null, planned: value })) as V;
