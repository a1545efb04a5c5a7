import {
  CtyError,
  checkConforms,
  encodeMsgpack,
  isWhollyKnown,
  type ObjectType,
  type Type,
  type Value,
  type ValueObject,
} from "../cty/index.js";
import { INVALID_VALUE, invalidValue, REPORT } from "./consistency.js";
import type { Diagnostics } from "./diagnostics.js";
import type { ObjectIdentity } from "./object-identity.js";
import { hasAny, withoutWriteOnly } from "./plan/write-only.js";
import type { PrivateState } from "./private-state.js";
import type { CompiledResource } from "./provider-server.js";
import type { Attribute, Schema } from "./schema/schema.js";
import { semanticEquality } from "./semantic-equality.js";

/**
 * The one way from what a callback left behind to what is answered. Terraform keeps what an answer holds, error or not, and an object
 * that is missing from it is lost: so nothing here throws, whatever a provider returns. What does not fit is told beside the answer.
 */

/** What is asked for its values: a resource, a data source, and so on. */
interface Owner {
  readonly typeName: string;
  readonly schema: Schema;
}

/** A state that can be encoded, and what of the given one could not. */
export interface Storable {
  readonly value: ValueObject | null;
  readonly misfits: readonly CtyError[];
}

export const NOTHING = new CtyError("no object was returned");

/** A value as it is; undefined, and told, where anything of it does not fit. */
export function exactly(owner: string, type: ObjectType, given: unknown, diagnostics: Diagnostics): ValueObject | undefined {
  try {
    const wrong = typeof given === "object" && given !== null ? misfitOf(given as Value, type) : NOTHING;
    if (!wrong) return given as ValueObject;
    invalidValue(owner, wrong, diagnostics);
  } catch (error) {
    invalidValue(owner, reasonOf(error), diagnostics);
  }
  return undefined;
}

/** A state as it may be stored; undefined, and told, where anything of it does not fit. For what is nothing without being whole. */
export function wholeState({ typeName, schema }: Owner, given: unknown, diagnostics: Diagnostics): ValueObject | undefined {
  const { value, misfits } = storable(schema, given, null) ?? { value: null, misfits: [NOTHING] };
  for (const misfit of misfits) invalidValue(typeName, misfit, diagnostics);
  return misfits.length > 0 ? undefined : (value ?? undefined);
}

/**
 * As much of a state as may be stored. An attribute that does not fit, or cannot even be read or encoded, is what it is in `otherwise`, or
 * null. `undefined`: it is no object at all.
 */
export function storable(schema: Schema, given: unknown, otherwise: ValueObject | null): Storable | undefined {
  if (!hasAny(schema.attributes, given)) return undefined;
  try {
    const value = withoutWriteOnly(schema, given as ValueObject);
    if (!misfitOf(value, schema.type)) return { value, misfits: [] };
  } catch {
    // What cannot be looked at as a whole is looked at attribute by attribute.
  }
  return repaired(schema, given, otherwise);
}

function repaired({ attributes }: Schema, given: object, otherwise: ValueObject | null): Storable {
  const misfits: CtyError[] = [];
  const value: Record<string, Value> = Object.create(null);
  for (const attribute of Object.values(attributes)) {
    const { name } = attribute;
    try {
      value[name] = fittedAttribute(attribute, given);
    } catch (error) {
      value[name] = otherwise?.[name] ?? absent(attribute);
      misfits.push(reasonOf(error).under({ kind: "attribute", name }));
    }
  }
  return { value, misfits };
}

/** Throws where it does not fit. */
function fittedAttribute(attribute: Attribute, given: object): Value {
  const { name, type } = attribute;
  const alone: ValueObject = { [name]: (given as ValueObject)[name] ?? null };
  const value = withoutWriteOnly({ attributes: { [name]: attribute } }, alone)[name] ?? null;
  const wrong = misfitOf(value, type);
  if (wrong) throw wrong;
  return value;
}

/** To encode it is the proof. */
function misfitOf(value: Value, type: Type): CtyError | undefined {
  const wrong = checkConforms(value, type);
  if (!wrong) encodeMsgpack(value, type);
  return wrong;
}

const reasonOf = (error: unknown): CtyError => (error instanceof CtyError ? error : new CtyError(`it cannot be read: ${textOf(error)}`));

/** To Terraform a list or a set of blocks is never null. */
const absent = ({ block, nested }: Attribute): Value => (block && nested?.nesting !== "single" ? [] : null);

/** Where a value is semantically equal to the prior one, the prior one stands. A comparison that fails leaves the value as it is. */
export function semanticallyKept(
  { typeName, schema }: Owner,
  prior: ValueObject | null,
  value: ValueObject,
  diagnostics: Diagnostics,
): ValueObject {
  return semanticEquality(schema, prior, value, (name, error) =>
    diagnostics.error(
      "Semantic equality check failed",
      `${typeName} could not compare the value of ${name} with the one before: ${textOf(error)}. ${REPORT}`,
      [{ kind: "attribute", name }],
    ),
  );
}

/** The identity of the state that a call leaves behind. One that does not fit is told, and the one before stands. */
export function identityAfter(
  { typeName, identity }: CompiledResource,
  data: ObjectIdentity,
  state: ValueObject | null,
  diagnostics: Diagnostics,
): ValueObject | undefined {
  const given = data.of(state);
  if (!given || !identity?.own) return given;
  const fits = exactly(`The identity of ${typeName}`, identity.type, given, diagnostics);
  if (fits && isWhollyKnown(fits)) return fits;
  if (fits) invalidValue(`The identity of ${typeName}`, new CtyError("a part of it is not known"), diagnostics);
  return data.kept;
}

/** The private state that is stored beside. An entry that cannot be encoded is told, and stays what it was. */
export const privateAfter = (typeName: string, state: PrivateState, diagnostics: Diagnostics): Uint8Array =>
  state.encode((name, error) =>
    diagnostics.error(
      INVALID_VALUE,
      `${typeName} keeps "${name}" in its private state, which is no value of JSON: ${textOf(error)}. ${REPORT}`,
    ),
  );

const textOf = (error: unknown): string => (error instanceof Error ? error.message : "what was thrown is not an error");
