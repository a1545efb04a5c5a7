import { equal, isValueObject, type Path, pathToString, unknown, type Value, type ValueObject } from "../../cty/index.js";
import type { Attribute, Nested, Schema } from "../schema/schema.js";
import { isTimeouts } from "../timeouts.js";

type Attributes = Readonly<Record<string, Attribute>>;

/** Paths of the attributes, at every depth, that differ and cannot be changed in place, each once and in a stable order. */
export function replacePaths(schema: Schema, prior: ValueObject, planned: ValueObject, asked: ReadonlySet<string>): Path[] {
  const found = new Map<string, Path>();
  const attributes = Object.fromEntries(Object.entries(schema.attributes).filter(([, attribute]) => !isTimeouts(attribute)));
  for (const path of replaced(attributes, prior, planned, [], asked)) found.set(pathToString(path), path);
  return [...found.keys()].sort().map((text) => found.get(text) as Path);
}

const NONE: ReadonlySet<string> = new Set();

function* replaced(
  attributes: Attributes,
  prior: ValueObject | null,
  planned: ValueObject,
  parent: Path,
  asked: ReadonlySet<string> = NONE,
): Iterable<Path> {
  for (const attribute of Object.values(attributes)) {
    const { name, type, replace, nested } = attribute;
    const before = prior?.[name] ?? absent(attribute);
    const after = planned[name] ?? null;
    if (equal(before, after, type)) continue;
    const path: Path = [...parent, { kind: "attribute", name }];
    if (replace || asked.has(name)) yield path;
    if (nested && after !== null && after !== unknown) yield* replacedWithin(nested, before, after, path);
  }
}

/** Where there are no blocks they are empty, whether or not there is the object around them. */
const absent = ({ block, nested }: Attribute): Value => (block && nested?.nesting !== "single" ? [] : null);

/**
 * A member that is new differs from nothing; a member that is gone has no path any more. No path leads into a set, so
 * its own stands for a member that neither a prior member nor nothing can become in place.
 */
function* replacedWithin({ nesting, attributes }: Nested, prior: Value, planned: Value, path: Path): Iterable<Path> {
  if (nesting === "set") {
    const origins = [null, ...arrayOrEmpty(prior).map(objectOrNull)];
    const isNew = (member: Value) =>
      isValueObject(member) && origins.every((origin) => !isEmpty(replaced(attributes, origin, member, path)));
    if (arrayOrEmpty(planned).some(isNew)) yield path;
    return;
  }
  for (const [steps, before, member] of pairs(nesting, prior, planned))
    if (isValueObject(member)) yield* replaced(attributes, objectOrNull(before), member, [...path, ...steps]);
}

function* pairs(nesting: "single" | "list" | "map", prior: Value, planned: Value): Iterable<[Path, Value, Value]> {
  if (nesting === "single") yield [[], prior, planned];
  else if (nesting === "map")
    for (const [key, member] of Object.entries(planned as ValueObject))
      yield [[{ kind: "key", key }], objectOrNull(prior)?.[key] ?? null, member];
  else
    for (const [index, member] of arrayOrEmpty(planned).entries())
      yield [[{ kind: "index", index }], arrayOrEmpty(prior)[index] ?? null, member];
}

const objectOrNull = (value: Value): ValueObject | null => (isValueObject(value) ? value : null);
const arrayOrEmpty = (value: Value): readonly Value[] => (Array.isArray(value) ? (value as readonly Value[]) : []);
const isEmpty = (paths: Iterable<Path>): boolean => paths[Symbol.iterator]().next().done === true;
