import * as z from "zod";
import { DynamicValue, isNull, isValueObject, type Path, type PathStep, unknown, type Value, type ValueObject } from "../../cty/index.js";
import type { Diagnostics } from "../diagnostics.js";
import { containerOf, memberOf } from "./container.js";
import type { Attribute } from "./schema.js";
import { isSet, traitsOf } from "./traits.js";

/**
 * Holds a configuration against who gives each attribute and what its zod schema accepts, and warns of deprecated attributes in use.
 * Terraform itself refuses a required attribute only where it is left out: one that is null comes here, and so does what is read-only.
 * What is unknown may still become anything, so it passes.
 */
export function validateAttributes(
  attributes: Readonly<Record<string, Attribute>>,
  config: ValueObject,
  diagnostics: Diagnostics,
  parent: Path = [],
): void {
  for (const attribute of Object.values(attributes)) {
    const value = config[attribute.name] ?? null;
    const path: Path = [...parent, { kind: "attribute", name: attribute.name }];
    if (isAbsent(attribute, value)) {
      if (attribute.required) diagnostics.error("Missing required argument", `${attribute.name} has to be given, and is null.`, path);
      if (attribute.block) validateSize(attribute.zod, value, diagnostics, path);
      continue;
    }
    if (!attribute.required && !attribute.optional) {
      diagnostics.error("Read-only attribute", `${attribute.name} is decided by the provider and cannot be given.`, path);
      continue;
    }
    if (value === unknown || (value instanceof DynamicValue && value.value === unknown)) continue;
    if (attribute.deprecated !== undefined) diagnostics.warning("Deprecated attribute", attribute.deprecated, path);
    if (attribute.nested) {
      validateSize(attribute.zod, value, diagnostics, path);
      validateNested(attribute.nested, value, diagnostics, path);
    } else validateValue(attribute.zod, value, diagnostics, path);
  }
}

/** A block that is not written is an empty list or set. */
function isAbsent({ block }: Attribute, value: Value): boolean {
  return isNull(value) || (block && Array.isArray(value) && value.length === 0);
}

/** An older engine would store what is to be stored nowhere. */
export function refuseWriteOnly(
  attributes: Readonly<Record<string, Attribute>>,
  config: ValueObject,
  diagnostics: Diagnostics,
  parent: Path = [],
): void {
  for (const { name, writeOnly, nested } of Object.values(attributes)) {
    const value = config[name] ?? null;
    if (isNull(value)) continue;
    const path: Path = [...parent, { kind: "attribute", name }];
    if (writeOnly)
      diagnostics.error(
        "Write-only attribute not supported",
        `${name} is write-only, which needs Terraform 1.11 or OpenTofu 1.11; this engine would store its value. Use a newer one, or another attribute.`,
        path,
      );
    else if (nested && value !== unknown)
      for (const [step, member] of members(nested.nesting, value))
        if (member !== null && member !== unknown)
          refuseWriteOnly(nested.attributes, member as ValueObject, diagnostics, step ? [...path, step] : path);
  }
}

function validateNested(nested: NonNullable<Attribute["nested"]>, value: Value, diagnostics: Diagnostics, path: Path): void {
  for (const [step, member] of members(nested.nesting, value)) {
    if (member === unknown) continue;
    // All is absent in a member that is null.
    validateAttributes(nested.attributes, (member ?? {}) as ValueObject, diagnostics, step ? [...path, step] : path);
  }
}

function* members(nesting: "single" | "list" | "set" | "map", value: Value): Iterable<[PathStep | undefined, Value]> {
  if (nesting === "single") yield [undefined, value];
  else if (nesting === "map") for (const [key, member] of Object.entries(value as ValueObject)) yield [{ kind: "key", key }, member];
  else
    for (const [index, member] of (value as readonly Value[]).entries())
      yield [nesting === "list" ? { kind: "index", index } : { kind: "element", value: member }, member];
}

function validateValue(schema: z.ZodType, value: Value, diagnostics: Diagnostics, path: Path): void {
  if (value instanceof DynamicValue) return;
  if (value === null || value === unknown) return;
  if (!isWhole(value)) return validateKnownParts(schema, value, diagnostics, path);
  report(schema, schema.safeParse(value).error?.issues ?? [], diagnostics, path);
}

function report(schema: z.ZodType, issues: readonly z.core.$ZodIssue[], diagnostics: Diagnostics, path: Path): void {
  for (const issue of issues)
    diagnostics.error(summaryOf(schema, issue.path), asSentence(issue.message), [...path, ...stepsOf(schema, issue.path)]);
}

const SIZES = new Set(["min_length", "max_length", "length_equals"]);

/** The size of a list is certain even where what is in it is not. That of a set is not: unknown members may turn out to be the same. */
function validateSize(schema: z.ZodType, value: Value, diagnostics: Diagnostics, path: Path): void {
  if (!Array.isArray(value) || isSet(schema)) return;
  const checks = (schema._zod.def.checks ?? []).filter((check) => SIZES.has(check._zod.def.check));
  const sized = z.array(z.unknown()).check(...(checks as z.core.$ZodCheck<unknown[]>[]));
  report(schema, sized.safeParse(value).error?.issues ?? [], diagnostics, path);
}

/** A text with a form has its own line for what is none. */
function summaryOf(schema: z.ZodType, keys: readonly PropertyKey[]): string {
  const [key, ...rest] = keys;
  if (key === undefined) return traitsOf(schema).text?.invalid ?? "Invalid value";
  const inner = memberOf(schema, key);
  return inner ? summaryOf(inner, rest) : "Invalid value";
}

/** Known, and nothing of it absent, at every depth: zod knows neither. */
function isWhole(value: Value): boolean {
  if (value === null || value === unknown || value instanceof DynamicValue) return false;
  if (Array.isArray(value)) return value.every(isWhole);
  return !isValueObject(value) || Object.values(value).every(isWhole);
}

/** A value with unknown or absent parts cannot be judged as a whole; its size and the parts that are there can. */
function validateKnownParts(schema: z.ZodType, value: Value, diagnostics: Diagnostics, path: Path): void {
  validateSize(schema, value, diagnostics, path);
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value as ValueObject);
  for (const [key, member] of entries) {
    const inner = memberOf(schema, key);
    if (inner) validateValue(inner, member, diagnostics, [...path, ...stepsOf(schema, [key])]);
  }
}

/** zod tells keys and indexes only; what they are steps into is told by the schema. No step leads into a set, so the path ends there. */
function stepsOf(schema: z.ZodType | undefined, keys: readonly PropertyKey[]): Path {
  const [key, ...rest] = keys;
  if (key === undefined || !schema || isSet(schema)) return [];
  const { type, element, valueType, shape, items } = containerOf(schema);
  const name = String(key);
  if (type === "object") return [{ kind: "attribute", name }, ...stepsOf(shape?.[name], rest)];
  if (type === "record") return [{ kind: "key", key: name }, ...stepsOf(valueType, rest)];
  return [{ kind: "index", index: Number(key) }, ...stepsOf(element ?? items?.[Number(key)], rest)];
}

const asSentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? "" : "."}`;
