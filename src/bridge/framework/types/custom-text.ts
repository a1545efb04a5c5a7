import * as z from "zod";
import { withTraits } from "../schema/traits.js";

/** Definition of a string type with a format and, optionally, semantic equality. */
export interface CustomText {
  /** Summary of the error for an invalid value, such as "Invalid IPv4 address". */
  readonly invalid: string;
  /** Detail of that error: what is expected, as a sentence without a full stop. */
  readonly expected: string;
  /** Whether a string is valid. */
  accepts(text: string): boolean;
  /** Semantic equality of two valid strings. Without it, strings are compared as they are. */
  semanticEquals?(one: string, other: string): boolean;
}

/**
 * Declares a string type. If a read or an apply returns a string that is semantically equal to the prior one, the prior one
 * stays: a server that formats it differently causes no drift.
 */
export const customText = (definition: CustomText): z.ZodString =>
  withTraits(z.string().refine((text) => definition.accepts(text), definition.expected) as z.ZodString, { text: definition });
