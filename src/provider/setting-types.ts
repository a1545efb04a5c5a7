import * as z from "zod";
import { normaliseEndpoint, parseToken } from "../integration-api/index.js";
import { milliseconds, problemOfForm } from "./duration.js";

/** Parsed like Go's strconv.ParseBool, as in other providers. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...["1", "t", "T", "true", "True", "TRUE"].map((spelling) => [spelling, true] as const),
  ...["0", "f", "F", "false", "False", "FALSE"].map((spelling) => [spelling, false] as const),
]);

/** Parses the text of a variable. Returns invalid text unchanged, so that the type refuses it. */
export function fromText(type: z.ZodType, value: string): unknown {
  if (type.def.type === "boolean") return BOOLEANS.get(value) ?? value;
  if (type.def.type === "number") return /^\d+$/.test(value) ? Number(value) : value;
  return value;
}

/** `problemOf` says what is wrong, without repeating what may be secret. */
export const text = (problemOf: (value: string) => string | undefined) =>
  z.string().check((context) => {
    const message = problemOf(context.value);
    if (message !== undefined) context.issues.push({ code: "custom", input: context.value, message });
  });

export function count(least: number, most: number) {
  const error = ({ input }: { readonly input?: unknown }) =>
    `Expected a whole number from ${least} to ${most}, got ${JSON.stringify(input)}`;
  return z.int({ error }).min(least, { error }).max(most, { error });
}

export const flag = () =>
  z.boolean({
    error: ({ input }) =>
      `Expected true or false (1, t, T, True, TRUE, 0, f, F, False or FALSE stand for them too), got ${JSON.stringify(input)}`,
  });

export function period(least: string, most: string) {
  return text((value) => {
    const problem = problemOfForm(value);
    if (problem !== undefined) return problem;
    const given = milliseconds(value);
    return given >= milliseconds(least) && given <= milliseconds(most)
      ? undefined
      : `Expected a duration from ${least} to ${most}, got ${JSON.stringify(value)}`;
  });
}

export function problemOfEndpoint(value: string): string | undefined {
  try {
    normaliseEndpoint(value);
    return undefined;
  } catch (error) {
    return `The endpoint cannot be used: ${(error as Error).message}`;
  }
}

export const problemOfApiKey = (value: string): string | undefined =>
  parseToken(value)
    ? undefined
    : "An API key has the form keyId.secret: the id, a dot, and the secret that was shown when the key was created";
