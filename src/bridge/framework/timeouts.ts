import * as z from "zod";
import { equal, type Path, type ValueObject } from "../cty/index.js";
import { DiagnosticError } from "./diagnostics.js";
import { type Declared, optional } from "./schema/attribute.js";
import type { Attribute, Schema } from "./schema/schema.js";
import { type Timeouts, traitsOf, withTraits } from "./schema/traits.js";
import { goDuration, millisecondsOf } from "./types/time-text.js";

/** Operations that may have a timeout. A data source has `read` only. */
export type TimedOperation = "create" | "read" | "update" | "delete";

/** Longest delay of a Node.js timer, about 24 days. A longer one would fire at once. */
const MAX_TIMER_MS = 2 ** 31 - 1;

type Members<T extends Timeouts> = { [K in keyof T & TimedOperation]: Declared<z.ZodString, "optional"> };

/**
 * An object with a timeout for each operation, to be declared as an attribute or a block named `timeouts`.
 * The user's value, or else the default given here (`{ create: "20m" }`; null for none), aborts the callback's `signal`.
 * If nothing else changes, the new durations are stored without calling a callback.
 */
export function timeouts<const T extends Timeouts>(defaults: T): z.ZodObject<Members<T>> {
  const shape = Object.fromEntries(
    Object.entries(defaults).map(([operation, duration]) => [
      operation,
      optional(
        goDuration(),
        `How long to wait for the ${operation}, such as \`90s\` or \`1h30m\`.${duration ? ` Default: \`${duration}\`.` : " Default: no limit."}`,
      ),
    ]),
  );
  return withTraits(z.object(shape), { timeouts: defaults }) as unknown as z.ZodObject<Members<T>>;
}

/** Whether an attribute only says how long to wait, so that a change of it is none of the object. */
export const isTimeouts = ({ zod }: Attribute): boolean => traitsOf(zod).timeouts !== undefined;

/** Whether two states are of the same object, whatever they say about how long to wait. */
export const sameBesideTimeouts = ({ attributes }: Schema, one: ValueObject, other: ValueObject): boolean =>
  Object.values(attributes).every(
    (attribute) => isTimeouts(attribute) || equal(one[attribute.name] ?? null, other[attribute.name] ?? null, attribute.type),
  );

/** Runs an operation with a signal that its timeout aborts as well; says so where the operation then fails. */
export async function withTimeout<T>(
  schema: Schema,
  values: ValueObject,
  operation: TimedOperation,
  signal: AbortSignal,
  run: (signal: AbortSignal) => T | Promise<T>,
): Promise<T> {
  const limit = limitOf(schema, values, operation);
  if (!limit) return run(signal);
  const timeout = AbortSignal.timeout(limit.milliseconds);
  try {
    return await run(AbortSignal.any([signal, timeout]));
  } catch (error) {
    if (!timeout.aborted || signal.aborted) throw error;
    throw new DiagnosticError(
      "Timed out",
      `The ${operation} was not done after ${limit.duration}, and was given up; what it had begun may still come to its end. ` +
        `If it needs longer, raise ${limit.attribute}.${operation}.`,
      limit.path,
    );
  }
}

function limitOf(schema: Schema, values: ValueObject, operation: TimedOperation) {
  const attribute = Object.values(schema.attributes).find(isTimeouts);
  if (!attribute) return undefined;
  const given = (values[attribute.name] as ValueObject | null)?.[operation] as string | null | undefined;
  const duration = given ?? traitsOf(attribute.zod).timeouts?.[operation];
  if (!duration) return undefined;
  const milliseconds = millisecondsOf(duration);
  if (milliseconds === undefined || milliseconds > MAX_TIMER_MS) return undefined;
  const path: Path = [
    { kind: "attribute", name: attribute.name },
    { kind: "attribute", name: operation },
  ];
  return { duration, milliseconds: Math.max(0, Math.ceil(milliseconds)), attribute: attribute.name, path };
}
