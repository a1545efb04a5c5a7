import type { ValueObject } from "../../cty/index.js";
import type { Schema } from "../schema/schema.js";
import { mapAttributes, type Step } from "./members.js";

const empty: Step = ({ block, nested }, { planned }) => (block && planned === null && nested?.nesting !== "single" ? [] : planned);

/** To Terraform a list or a set of blocks is never null. Where null is stored, from before the schema had the block, each plan would find a change. */
export const withEmptyBlocks = (schema: Schema, value: ValueObject): ValueObject =>
  mapAttributes(schema.attributes, empty, { config: value, prior: null, planned: value });
