import * as z from "zod";
import { withTraits } from "../schema/traits.js";

/** A text with a form, of which more than one may mean the same. */
export interface CustomText {
  /** A short line for a text that has not the form, such as "Invalid IPv4 address". */
  readonly invalid: string;
  /** What is expected, as a sentence without its full stop. */
  readonly expected: string;
  /** Whether a text has the form. */
  accepts(text: string): boolean;
  /** Whether two accepted texts mean the same. Absent: each means itself alone. */
  semanticEquals?(one: string, other: string): boolean;
}

/**
 * Declares texts of a form. Where a read or an apply gives a text that means the same as the one before, the one before
 * stays: a server that writes it in another way is no drift.
 */
export const customText = (definition: CustomText): z.ZodString =>
  withTraits(z.string().refine((text) => definition.accepts(text), definition.expected) as z.ZodString, { text: definition });
