import type * as z from "zod";
import {
  type CtyNumber,
  Decimal,
  DynamicValue,
  integerOf,
  isWhollyKnown,
  type Path,
  unknown,
  type Value,
  type ValueObject,
} from "../../cty/index.js";
import type { Diagnostics } from "../diagnostics.js";
import { containerOf, memberOf, membersOf } from "./container.js";
import { nearestDouble, precisionOf } from "./doubles.js";
import { outOfRange } from "./number.js";
import { type Issue, issuesOf, issuesOfOwnChecks } from "./own-checks.js";
import { remembered } from "./remembered.js";
import { isSet, traitsOf } from "./traits.js";

/**
 * Holds a value against its zod schema: first its members, as far as they are known and there, then the checks of the whole.
 * Whether it has the form that the schema says; only then can anybody look at it as a whole.
 */
export function validateValue(schema: z.ZodType, value: Value, diagnostics: Diagnostics, path: Path): boolean {
  if (value === null || value === unknown) return true;
  if (value instanceof DynamicValue) {
    if (isWhollyKnown(value)) validateOwnChecks(schema, value, diagnostics, path);
    return true;
  }
  const { type } = containerOf(schema);
  if (type !== "array" && type !== "tuple" && type !== "record" && type !== "object") return validateLeaf(schema, value, diagnostics, path);
  if (type === "record") validateKeys(schema, value, diagnostics, path);
  let wellFormed = true;
  if (checksMembers(schema))
    for (const [key, member] of Object.entries(value as ValueObject)) {
      const inner = memberOf(schema, key);
      if (inner && !validateValue(inner, member, diagnostics, [...path, ...stepsOf(schema, [key])])) wellFormed = false;
    }
  validateOwnChecks(schema, value, diagnostics, path, wellFormed);
  return wellFormed;
}

/** The checks that a schema makes of a value beside those of its members. Of one whose members have not their form, only the size is one. */
export function validateOwnChecks(schema: z.ZodType, value: Value, diagnostics: Diagnostics, path: Path, wellFormed = true): void {
  report(schema, issuesOfOwnChecks(schema, value, wellFormed, diagnostics, path), diagnostics, path);
}

/** The names of a map: what each is like, and which have to be there. They are known where the map is. */
export function validateKeys(schema: z.ZodType, value: Value, diagnostics: Diagnostics, path: Path): void {
  const { keyType } = containerOf(schema);
  if (!keyType || isPlain(keyType)) return;
  const keys = Object.keys(value as ValueObject);
  for (const key of keys) {
    const at: Path = [...path, { kind: "key", key }];
    report(keyType, issuesOf(keyType, key, diagnostics, at), diagnostics, at);
  }
  const { partial = false } = schema._zod.def as { readonly partial?: boolean };
  for (const key of partial ? [] : (keyType._zod.values ?? []))
    if (!keys.includes(String(key))) diagnostics.error("Invalid value", `The key ${JSON.stringify(key)} is missing.`, path);
}

/** Whether Terraform's type says all that a schema does. */
const isPlain = remembered((schema: z.ZodType): boolean => {
  const { type, checks = [], check } = schema._zod.def as { readonly type: string; readonly checks?: unknown[]; readonly check?: unknown };
  return (type === "string" || type === "boolean" || type === "any" || type === "unknown") && checks.length === 0 && check === undefined;
});

/** Whether there is anything to be checked in the members of a container. */
const checksMembers = remembered((schema: z.ZodType): boolean => !membersOf(schema).every(isPlain));

function validateLeaf(schema: z.ZodType, value: Exclude<Value, null>, diagnostics: Diagnostics, path: Path): boolean {
  if (isPlain(schema)) return true;
  const precision = precisionOf(schema);
  if (!precision) {
    report(schema, issuesOf(schema, value, diagnostics, path), diagnostics, path);
    return true;
  }
  const range = outOfRange(precision, value as CtyNumber);
  if (range !== undefined) diagnostics.error("Invalid value", asSentence(range), path);
  const fraction = isFraction(value) ? issuesOfFraction(schema) : [];
  report(schema, fraction, diagnostics, path);
  if (range !== undefined || fraction.length > 0) return false;
  report(schema, issuesOf(schema, nearestDouble(value as CtyNumber), diagnostics, path), diagnostics, path);
  return true;
}

/** A number may have a fraction although the JavaScript number nearest to it has none. */
const isFraction = (value: Value): boolean =>
  value instanceof Decimal && integerOf(value) === undefined && Number.isInteger(nearestDouble(value));

/** What a schema says of any number with a fraction, if it takes none. */
const issuesOfFraction = remembered((schema: z.ZodType): readonly Issue[] =>
  (schema.safeParse(0.5).error?.issues ?? []).filter(
    (issue) => issue.code === "invalid_type" || (issue.code === "not_multiple_of" && Number.isInteger(issue.divisor)),
  ),
);

function report(schema: z.ZodType, issues: readonly Issue[], diagnostics: Diagnostics, path: Path): void {
  for (const issue of issues)
    diagnostics.error(summaryOf(schema, issue.path), asSentence(issue.message), [...path, ...stepsOf(schema, issue.path)]);
}

/** A text with a form has its own line for what is none. */
function summaryOf(schema: z.ZodType, keys: readonly PropertyKey[]): string {
  const [key, ...rest] = keys;
  if (key === undefined) return traitsOf(schema).text?.invalid ?? "Invalid value";
  const inner = memberOf(schema, key);
  return inner ? summaryOf(inner, rest) : "Invalid value";
}

/**
 * zod tells keys and indexes only; what they are steps into is told by the schema. No step leads into a set, or to a property that is
 * no member, so the path ends there.
 */
function stepsOf(schema: z.ZodType | undefined, keys: readonly PropertyKey[]): Path {
  const [key, ...rest] = keys;
  if (key === undefined || !schema || isSet(schema)) return [];
  const { type, element, valueType, shape, items } = containerOf(schema);
  const name = String(key);
  if (type === "object") return [{ kind: "attribute", name }, ...stepsOf(shape?.[name], rest)];
  if (type === "record") return [{ kind: "key", key: name }, ...stepsOf(valueType, rest)];
  if ((type === "array" || type === "tuple") && Number.isInteger(Number(key)))
    return [{ kind: "index", index: Number(key) }, ...stepsOf(element ?? items?.[Number(key)], rest)];
  return [];
}

const asSentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
