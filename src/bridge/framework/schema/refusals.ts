import type * as z from "zod";
import * as cty from "../../cty/index.js";
import { declarationOf } from "./attribute.js";
import { containerOf } from "./container.js";
import { precisionOf } from "./doubles.js";
import { traitsOf } from "./traits.js";
import { hasType, literalsOf, optionsOf, typeOf } from "./type-of.js";

/** Something of zod that would be ignored without a word, and why. */
export interface Refusal {
  /** Of the attribute: `rule.name`. Empty for the whole schema. */
  readonly path: string;
  readonly reason: string;
}

/** Thrown where a schema is compiled that holds what the framework refuses. */
export class SchemaError extends Error {
  constructor(readonly refusals: readonly Refusal[]) {
    super(refusals.map(({ path, reason }) => (path ? `${path}: ${reason}` : reason)).join("\n"));
    this.name = "SchemaError";
  }
}

const PRESENCE = "who may leave a value out is said with required(), optional(), computed() or optionalComputed()";
const CHANGES = "Terraform keeps what the configuration gives, so a schema can check a value and not change it";
const NO_TYPE = "Terraform has no such type";

/** What to do instead of the kinds of schemas that have no type. */
const INSTEAD: Partial<Record<z.ZodType["_zod"]["def"]["type"], string>> = {
  optional: PRESENCE,
  nullable: PRESENCE,
  nonoptional: PRESENCE,
  default: `${CHANGES}; a default is declared with optionalComputed(…, …, { default: … })`,
  prefault: `${CHANGES}; a default is declared with optionalComputed(…, …, { default: … })`,
  catch: CHANGES,
  transform: CHANGES,
  pipe: CHANGES,
  readonly: "every value is read-only, so leave .readonly() out",
  lazy: "Terraform's types are finite, so write the schema out",
  intersection: "put the checks of both sides on one schema",
  custom: "z.custom() and z.instanceof() have no type: put a .refine() on a schema that has one",
  bigint: `${NO_TYPE}; int64() takes whole numbers of 64 bits, exactNumber() any`,
  date: `${NO_TYPE}; rfc3339() takes moments as texts`,
  map: `${NO_TYPE}; a map is a z.record() of texts`,
  set: `${NO_TYPE}; a set is declared with setOf()`,
};

const NO_SIZE = "a value of Terraform has no size; use .min(), .max() or .length()";

/** Checks that would be made of nothing, or that are more than checks. */
const REFUSED_CHECKS: Readonly<Record<string, string>> = {
  overwrite: `${CHANGES} as .trim(), .toLowerCase() and their like do: use a .regex(), or a customText() that takes several forms for one`,
  min_size: NO_SIZE,
  max_size: NO_SIZE,
  size_equals: NO_SIZE,
  mime_type: NO_SIZE,
};

/** What is refused in a schema. Members that are attributes of their own are not looked at. */
export function* refusalsOf(schema: z.ZodType, path: string): Iterable<Refusal> {
  const def = schema._zod.def as Partial<Record<string, unknown>> & { readonly type: keyof typeof INSTEAD };
  const isNumber = traitsOf(schema).number !== undefined;
  if (!isNumber && !hasType(schema)) return yield { path, reason: `z.${def.type} is refused: ${INSTEAD[def.type] ?? NO_TYPE}` };
  if (def.coerce) yield { path, reason: "z.coerce is refused: Terraform converts what it can by itself" };
  for (const { _zod } of schema._zod.def.checks ?? []) {
    const check = _zod.def as { readonly check: string; readonly fn?: unknown };
    const reason = REFUSED_CHECKS[check.check];
    if (reason) yield { path, reason: `the check "${check.check}" is refused: ${reason}` };
    if (Object.prototype.toString.call(check.fn) === "[object AsyncFunction]")
      yield { path, reason: "an asynchronous check is refused: Terraform waits for none" };
  }
  yield* refusalsWithin(schema, path);
}

function* refusalsWithin(schema: z.ZodType, path: string): Iterable<Refusal> {
  const { type, element, keyType, valueType, shape, items } = containerOf(schema);
  const { mode, rest, catchall } = schema._zod.def as { readonly mode?: string; readonly rest?: unknown; readonly catchall?: z.ZodType };
  const refused = (reason: string): Refusal => ({ path, reason });
  if (element) yield* memberRefusals(element, `${path}[]`, path);
  if (keyType && mode === "loose") yield refused("z.looseRecord is refused: it checks no key");
  if (keyType) yield* keyRefusals(keyType, `${path}{}`);
  if (valueType) yield* memberRefusals(valueType, `${path}{}`, path);
  if (rest) yield refused("a tuple with a rest is refused: Terraform's tuples have one length");
  for (const [index, item] of (items ?? []).entries()) yield* memberRefusals(item, `${path}[${index}]`, path);
  if (catchall && catchall._zod.def.type !== "never")
    yield refused("z.looseObject and .catchall() are refused: Terraform's objects have the members of their type");
  for (const [name, member] of Object.entries(shape ?? {}))
    if (!declarationOf(member)) yield* memberRefusals(member, path ? `${path}.${name}` : name, path);
  if (type === "union") yield* unionRefusals(schema, path);
  if (literalsOf(schema)) yield* typeRefusals(schema, path);
}

/** An object whose members are attributes is no place of its own. */
const memberRefusals = (schema: z.ZodType, path: string, parent: string): Iterable<Refusal> =>
  refusalsOf(schema, Object.values(containerOf(schema).shape ?? {}).some(declarationOf) ? parent : path);

function* unionRefusals(schema: z.ZodType, path: string): Iterable<Refusal> {
  const options = optionsOf(schema);
  const refusals = options.flatMap((option) => [...refusalsOf(option, path)]);
  yield* refusals;
  if (refusals.length > 0) return;
  const mixed = [...typeRefusals(schema, path)];
  yield* mixed;
  if (mixed.length === 0 && options.some(precisionOf) && !options.every(precisionOf))
    yield { path, reason: "a union of numbers with exactNumber() or int64() is refused: a callback could not know which it is given" };
}

function* keyRefusals(schema: z.ZodType, path: string): Iterable<Refusal> {
  const refusals = [...refusalsOf(schema, path)];
  yield* refusals;
  if (refusals.length === 0 && typeOf(schema, path) !== cty.string) yield { path, reason: "the keys of a map are texts" };
}

function* typeRefusals(schema: z.ZodType, path: string): Iterable<Refusal> {
  try {
    typeOf(schema, "");
  } catch (error) {
    yield { path, reason: (error as Error).message.replace(/^: /, "") };
  }
}
