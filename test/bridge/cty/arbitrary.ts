import * as fc from "fast-check";
import {
  bool,
  canonicalKey,
  DynamicValue,
  dynamic,
  emptyObject,
  list,
  map,
  number,
  object,
  parseNumber,
  set,
  string,
  type Type,
  tuple,
  unknown,
  type Value,
} from "../../../src/bridge/cty/index.js";

/** Any Unicode text, and the names that a JavaScript object trips over. */
const text = fc.oneof(fc.string({ unit: "binary", maxLength: 40 }), fc.constantFrom("__proto__", "constructor", "toString", "", "10", "9"));

const DEPTH = 4;

const { type: typeArbitrary } = fc.letrec<{ type: Type; members: Readonly<Record<string, Type>> }>((tie) => ({
  type: fc.oneof(
    { maxDepth: DEPTH, depthIdentifier: "type" },
    fc.constantFrom<Type>(string, number, bool, dynamic),
    tie("type").map(list),
    tie("type").map(set),
    tie("type").map(map),
    fc.array(tie("type"), { maxLength: 3, depthIdentifier: "type" }).map(tuple),
    tie("members").map(object),
  ),
  members: fc.array(fc.tuple(text, tie("type")), { maxLength: 4, depthIdentifier: "type" }).map((entries) => withoutPrototype(entries)),
}));

const numbers = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
  fc.bigInt({ min: -(2n ** 66n), max: 2n ** 66n }).map((value) => parseNumber(String(value))),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), fc.integer({ min: -450, max: 450 }))
    .map(([digits, exponent]) => parseNumber(`${digits}e${exponent}`)),
);

function valueFor(type: Type, withUnknown: boolean, depth = 0): fc.Arbitrary<Value> {
  const known = knownValueFor(type, withUnknown, depth);
  return fc.oneof(
    { weight: 8, arbitrary: known },
    { weight: 1, arbitrary: fc.constant(null) },
    { weight: 1, arbitrary: fc.constant(withUnknown ? unknown : null) },
  );
}

function knownValueFor(type: Type, withUnknown: boolean, depth: number): fc.Arbitrary<Value> {
  const inner = (of: Type) => valueFor(of, withUnknown, depth + 1);
  switch (type.kind) {
    case "string":
      return text;
    case "number":
      return numbers;
    case "bool":
      return fc.boolean();
    case "list":
      return fc.array(inner(type.element), { maxLength: 4 });
    case "set":
      return fc.uniqueArray(inner(type.element), { maxLength: 4, selector: (element) => canonicalKey(element, type.element) });
    case "map":
      return fc.array(fc.tuple(text, inner(type.element)), { maxLength: 4 }).map(withoutPrototype);
    case "tuple":
      return fc.tuple(...type.elements.map(inner));
    case "object": {
      const names = Object.keys(type.attributes);
      return fc
        .tuple(...Object.values(type.attributes).map(inner))
        .map((values) => withoutPrototype(names.map((name, index) => [name, values[index] ?? null])));
    }
    case "dynamic":
      return (
        depth < 2 ? typeArbitrary.filter(({ kind }) => kind !== "dynamic") : fc.constantFrom<Type>(string, number, list(dynamic))
      ).chain((own) => valueFor(own, withUnknown, depth + 1).map((value) => new DynamicValue(own, value)));
  }
}

function withoutPrototype<T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> {
  const found: Record<string, T> = Object.assign(emptyObject() as unknown as Record<string, T>);
  for (const [name, value] of entries) found[name] = value;
  return found;
}

export interface Typed {
  readonly type: Type;
  readonly value: Value;
}

const typedOf = (withUnknown: boolean): fc.Arbitrary<Typed> =>
  typeArbitrary.chain((type) => valueFor(type, withUnknown).map((value) => ({ type, value })));

/** A type to depth 4 and a value of it; null and unknown at every depth. */
export const typedValue: fc.Arbitrary<Typed> = typedOf(true);

/** The same with nothing unknown. */
export const typedKnownValue: fc.Arbitrary<Typed> = typedOf(false);

export { typeArbitrary as anyType };
