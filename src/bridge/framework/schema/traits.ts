import * as z from "zod";
import type { CustomText } from "../types/custom-text.js";

/** What a schema is to Terraform and cannot say in zod's own words. */
export interface Traits {
  /** An array without order. */
  readonly set?: true;
  /** A number of any size, which zod has no type for. */
  readonly number?: true;
  readonly text?: CustomText;
  /** An object whose members are durations of operations. */
  readonly timeouts?: Timeouts;
}

/** The default of each operation that a user may set a timeout for. */
export type Timeouts = Readonly<Partial<Record<"create" | "read" | "update" | "delete", string | null>>>;

const traits = z.registry<Traits>();
const NONE: Traits = {};

export const traitsOf = (schema: z.ZodType): Traits => traits.get(schema) ?? NONE;

/** Marks a schema, and with it what zod copies from it, such as `schema.min(1)`. */
export function withTraits<Z extends z.ZodType>(schema: Z, own: Traits): Z {
  traits.add(schema, own as never);
  return schema;
}

export const isSet = (schema: z.ZodType): boolean => traitsOf(schema).set === true;
