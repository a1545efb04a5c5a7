import type * as z from "zod";

/**
 * A field of an answer that not every server tells: null where this one does not, or tells it in a form that is not known here.
 * So a call fails only for what it needs.
 */
export const orNull = <T extends z.ZodType>(schema: T) => schema.nullable().catch(null).default(null);

/** The same where it matters whether the server has the field: absent where it does not. */
export const told = <T extends z.ZodType>(schema: T) => schema.nullish().catch(undefined);

/** The names of the fields that an answer told, null ones too. */
export const toldFields = (answer: object): ReadonlySet<string> =>
  new Set(Object.entries(answer).flatMap(([name, value]) => (value === undefined ? [] : [name])));
