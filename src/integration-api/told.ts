import type * as z from "zod";

/**
 * A field that not every server returns: null if it is missing or has an unknown format.
 * So a call fails only for fields that it needs.
 */
export const orNull = <T extends z.ZodType>(schema: T) => schema.nullable().catch(null).default(null);

/** The same, but absent if the server does not return the field. */
export const told = <T extends z.ZodType>(schema: T) => schema.nullish().catch(undefined);

/** Names of the fields in an answer, including null ones. */
export const toldFields = (answer: object): ReadonlySet<string> =>
  new Set(Object.entries(answer).flatMap(([name, value]) => (value === undefined ? [] : [name])));
