import type * as z from "zod";
import { DynamicValue, isNull, type Path, type PathStep, unknown, type Value, type ValueObject } from "../../cty/index.js";
import type { Diagnostics } from "../diagnostics.js";
import { memberOf } from "./container.js";
import type { Attribute, Nested, Schema } from "./schema.js";
import { validateKeys, validateOwnChecks, validateValue } from "./validate-value.js";

/** Holds a configuration against its schema: each attribute, and then the checks of the whole. */
export function validateSchema({ attributes, zod }: Schema, config: ValueObject, diagnostics: Diagnostics): void {
  const wellFormed = validateAttributes(attributes, config, diagnostics);
  if (zod) validateOwnChecks(zod, config, diagnostics, [], wellFormed);
}

/**
 * Holds values against who gives each attribute and what its zod schema accepts, and warns of deprecated attributes in use.
 * Terraform itself refuses a required attribute only where it is left out: one that is null comes here, and so does what is read-only.
 * What is unknown may still become anything, so it passes. Whether all has the form that the schema says.
 */
function validateAttributes(
  attributes: Readonly<Record<string, Attribute>>,
  config: ValueObject,
  diagnostics: Diagnostics,
  parent: Path = [],
): boolean {
  let wellFormed = true;
  for (const attribute of Object.values(attributes)) {
    const value = config[attribute.name] ?? null;
    const path: Path = [...parent, { kind: "attribute", name: attribute.name }];
    if (isAbsent(attribute, value)) {
      if (attribute.required) {
        diagnostics.error("Missing required argument", `${attribute.name} has to be given, and is null.`, path);
        wellFormed = false;
      }
      // Blocks that are not written are none, which may be too few.
      if (Array.isArray(value)) validateOwnChecks(attribute.zod, value, diagnostics, path);
      continue;
    }
    if (!attribute.required && !attribute.optional) {
      diagnostics.error("Read-only attribute", `${attribute.name} is decided by the provider and cannot be given.`, path);
      continue;
    }
    if (value === unknown || (value instanceof DynamicValue && value.value === unknown)) continue;
    if (attribute.deprecated !== undefined) diagnostics.warning("Deprecated attribute", attribute.deprecated, path);
    const isWellFormed = attribute.nested
      ? validateNested(attribute.zod, attribute.nested, value, diagnostics, path)
      : validateValue(attribute.zod, value, diagnostics, path);
    if (!isWellFormed) wellFormed = false;
  }
  return wellFormed;
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

function validateNested(schema: z.ZodType, nested: Nested, value: Value, diagnostics: Diagnostics, path: Path): boolean {
  const { nesting, attributes } = nested;
  if (nesting === "map") validateKeys(schema, value, diagnostics, path);
  let wellFormed = true;
  for (const [step, member] of members(nesting, value)) {
    if (member === unknown) continue;
    const memberPath = step ? [...path, step] : path;
    // All is absent in a member that is null.
    const isWellFormed = validateAttributes(attributes, (member ?? {}) as ValueObject, diagnostics, memberPath);
    const memberSchema = step && memberOf(schema, "");
    if (memberSchema && member !== null) validateOwnChecks(memberSchema, member, diagnostics, memberPath, isWellFormed);
    if (!isWellFormed) wellFormed = false;
  }
  validateOwnChecks(schema, value, diagnostics, path, wellFormed);
  return wellFormed;
}

function* members(nesting: "single" | "list" | "set" | "map", value: Value): Iterable<[PathStep | undefined, Value]> {
  if (nesting === "single") yield [undefined, value];
  else if (nesting === "map") for (const [key, member] of Object.entries(value as ValueObject)) yield [{ kind: "key", key }, member];
  else
    for (const [index, member] of (value as readonly Value[]).entries())
      yield [nesting === "list" ? { kind: "index", index } : { kind: "element", value: member }, member];
}
