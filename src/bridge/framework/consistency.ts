import { type CtyError, equal, isNull, isWhollyKnown, type Path, pathToString, type ValueObject } from "../cty/index.js";
import { firstDifference } from "./compatible.js";
import type { Diagnostics } from "./diagnostics.js";
import type { CompiledResource } from "./provider-server.js";
import type { Schema } from "./schema/schema.js";

/**
 * What Terraform requires of a provider's answers. Terraform checks some of it and ends in "inconsistent result",
 * which names neither the attribute nor the cure; so it is checked here, in words for the provider's author.
 */

export const INVALID_VALUE = "Provider returned an invalid value";
const INVALID_PLAN = "Provider produced an invalid plan";
const INCONSISTENT_RESULT = "Provider produced an inconsistent result after apply";
export const REPORT = "This is a bug in the provider. Please report it to its authors.";

/** A returned value has the schema's type. */
export const invalidValue = (owner: string, { message, path }: CtyError, diagnostics: Diagnostics): void =>
  diagnostics.error(INVALID_VALUE, `${owner} returned a value that does not fit its schema: ${message}. ${REPORT}`, below(path));

/** A planned value has the schema's type. */
export const invalidPlan = (owner: string, { message, path }: CtyError, diagnostics: Diagnostics): void =>
  diagnostics.error(INVALID_PLAN, `${owner} planned a value that does not fit its schema: ${message}. ${REPORT}`, below(path));

/** The whole has no path. */
const below = (path: Path): Path | undefined => (path.length > 0 ? path : undefined);

/** A plan keeps what the configuration says, and decides only what it leaves open. */
export function planKeepsConfig(owner: string, schema: Schema, config: ValueObject, planned: ValueObject, diagnostics: Diagnostics): void {
  for (const { name, type, computed, writeOnly } of Object.values(schema.attributes)) {
    const given = config[name] ?? null;
    if (writeOnly || (isNull(given) && computed)) continue;
    if (!isWhollyKnown(given) || equal(given, planned[name] ?? null, type) || schema.attributes[name]?.nested) continue;
    diagnostics.error(INVALID_PLAN, `${owner} planned another value for ${name} than the configuration gives. ${REPORT}`, [
      { kind: "attribute", name },
    ]);
  }
}

/** A planned value that is known is what apply returns. */
export function resultKeepsPlan(owner: string, schema: Schema, planned: ValueObject, result: ValueObject, diagnostics: Diagnostics): void {
  for (const { name, type } of Object.values(schema.attributes)) {
    const path: Path = [{ kind: "attribute", name }];
    const broken = firstDifference(type, planned[name] ?? null, result[name] ?? null, path);
    if (broken)
      diagnostics.error(
        INCONSISTENT_RESULT,
        `${owner} planned ${pathToString(broken)} and then returned another value for it. ${REPORT}`,
        path,
      );
  }
}

/** Nothing is unknown any more after apply. */
export function resultIsKnown(owner: string, result: ValueObject, diagnostics: Diagnostics): void {
  for (const [name, value] of Object.entries(result))
    if (!isWhollyKnown(value))
      diagnostics.error(INCONSISTENT_RESULT, `${owner} returned an unknown value for ${name} after it was applied. ${REPORT}`, [
        { kind: "attribute", name },
      ]);
}

/** An object keeps its identity, unless its resource says that it may change. Parts that were not there yet are no change. */
export function identityStays(
  { typeName, identity }: CompiledResource,
  before: ValueObject | undefined,
  after: ValueObject | undefined,
  diagnostics: Diagnostics,
): void {
  if (!identity || identity.mayChange || !before) return;
  for (const { name, type } of Object.values(identity.attributes)) {
    const was = before[name] ?? null;
    if (was !== null && !equal(was, after?.[name] ?? null, type))
      diagnostics.error(
        "Unexpected Identity Change",
        `${typeName} changed ${name}, which is part of its identity. ${REPORT}`,
        identity.own ? undefined : [{ kind: "attribute", name }],
      );
  }
}

/** An object has an identity once it is there. */
export function identityIsThere({ typeName, identity }: CompiledResource, after: ValueObject | undefined, diagnostics: Diagnostics): void {
  if (identity?.own && !after) diagnostics.error(INCONSISTENT_RESULT, `${typeName} gave its object no identity. ${REPORT}`);
}
