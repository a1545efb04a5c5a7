import * as z from "zod";
import type { CustomText } from "../types/custom-text.js";
import type { Precision } from "./number.js";

/** What a schema is to Terraform and cannot say in zod's own words. */
export interface Traits {
  /** An array without order. */
  readonly set?: true;
  /** A number that zod has no type for: one of any size, which callbacks see every digit of, or one of a precision. */
  readonly number?: "exact" | Precision;
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
