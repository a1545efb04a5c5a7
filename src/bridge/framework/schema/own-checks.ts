import * as z from "zod";
import { DynamicValue, isWhollyKnown, type Path, unknown, type Value, type ValueObject } from "../../cty/index.js";
import { type Diagnostic, type Diagnostics, diagnosticOf } from "../diagnostics.js";
import { memberOf } from "./container.js";
import { withDoubles } from "./doubles.js";
import { remembered } from "./remembered.js";
import { isSet } from "./traits.js";

/** What a check found, to be told at a value or at something in it. */
export type Issue = z.core.$ZodIssue;

/** One of the checks that a schema makes of a value itself, beside those that it makes of its members. */
interface OwnCheck {
  readonly schema: z.ZodType;
  /** Asks for the number of members, and for nothing else. */
  readonly isOfSize: boolean;
  /** Where it finds something, those after it are not asked. */
  readonly aborts: boolean;
}

const SIZES = new Set(["min_length", "max_length", "length_equals"]);

const ownChecksOf = remembered((schema: z.ZodType): readonly OwnCheck[] => {
  const { checks = [], error } = schema._zod.def;
  return checks.map((check) => ({
    schema: z.any().clone({ type: "any", checks: [check], ...(error && { error }) }),
    isOfSize: SIZES.has(check._zod.def.check),
    aborts: check._zod.def.abort === true,
  }));
});

/**
 * What a schema's own checks find in a container, some of which may not be known yet: a check that has to look at that waits until
 * Terraform asks again, and all others are made. Absent values are null, as everywhere else.
 */
export function issuesOfOwnChecks(
  schema: z.ZodType,
  value: Value,
  wellFormed: boolean,
  diagnostics: Diagnostics,
  path: Path,
): readonly Issue[] {
  const checks = wellFormed ? ownChecksOf(schema) : ownChecksOf(schema).filter(({ isOfSize }) => isOfSize);
  if (checks.length === 0) return [];
  const found: Issue[] = [];
  const seen = isOpenSet(schema, value) ? undefined : asFarAsKnown(schema, value);
  for (const check of checks) {
    const issues =
      seen !== undefined
        ? issuesOf(check.schema, seen, diagnostics, path)
        : check.isOfSize
          ? issuesOfSetSize(check.schema, value as readonly Value[])
          : [];
    found.push(...issues);
    if (check.aborts && issues.length > 0) break;
  }
  return found;
}

/** What is thrown at a check that looks at what is not known yet. */
const NOT_KNOWN_YET = new Error("The value is not known yet.");

/** Runs a schema on a value. What a check of the provider's author throws is told as well, and is no reason to lose what others find. */
export function issuesOf(schema: z.ZodType, value: unknown, diagnostics: Diagnostics, path: Path): readonly Issue[] {
  try {
    const { error, data } = schema.safeParse(value);
    if (error) return error.issues;
    if (data !== value) diagnostics.add(brokenCheck("changes the value, and Terraform keeps what the configuration gives", path));
  } catch (error) {
    if (error === NOT_KNOWN_YET) return [];
    const isAsynchronous = error instanceof z.core.$ZodAsyncError;
    diagnostics.add(isAsynchronous ? brokenCheck("is asynchronous, and cannot be waited for", path) : { ...diagnosticOf(error), path });
  }
  return [];
}

const brokenCheck = (what: string, path: Path): Diagnostic => ({
  severity: "error",
  summary: "Invalid check",
  detail: `A check ${what}. This is a bug in the provider. Please report it to its authors.`,
  path,
});

/** Unknown members of a set may turn out to be others that it has, so there may be fewer than are seen. */
const isOpenSet = (schema: z.ZodType, value: Value): boolean => isSet(schema) && !isWhollyKnown(value);

/** Its unknown members may all be different, which is the most that there can be, or none of them may be new. */
function issuesOfSetSize(check: z.ZodType, members: readonly Value[]): readonly Issue[] {
  const atLeast = Math.max(1, members.filter(isWhollyKnown).length);
  const issues = (seen: readonly Value[]) => check.safeParse(seen).error?.issues ?? [];
  return [
    ...issues(members).filter(({ code }) => code === "too_small"),
    ...issues(members.slice(0, atLeast)).filter(({ code }) => code === "too_big"),
  ];
}

/** A value as a check sees it: numbers as callbacks are given them, and whoever looks at what is unknown is stopped. */
function asFarAsKnown(schema: z.ZodType, value: Value): Value {
  if (isWhollyKnown(value)) return withDoubles(schema, value);
  const copy = (Array.isArray(value) ? [...value] : Object.assign(Object.create(null), value)) as Record<string, Value>;
  for (const [key, member] of Object.entries(value as ValueObject)) {
    const inner = memberOf(schema, key);
    if (member === unknown || (member instanceof DynamicValue && !isWhollyKnown(member)) || (inner && isOpenSet(inner, member)))
      Object.defineProperty(copy, key, { enumerable: true, get: notKnownYet });
    else if (inner && member !== null) copy[key] = asFarAsKnown(inner, member);
  }
  return copy;
}

function notKnownYet(): never {
  throw NOT_KNOWN_YET;
}
