import * as fc from "fast-check";
import { type Type, typeText } from "../../src/bridge/cty/index.js";

/** A value to be encoded as msgpack or JSON. Unlike the bridge's values, it may contradict itself. */
export type Tree =
  | { readonly kind: "nil" | "unknown" }
  | { readonly kind: "bool"; readonly value: boolean }
  /** Decimal digits, or text that is not a number. */
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "text"; readonly bytes: Buffer }
  | { readonly kind: "array"; readonly items: readonly Tree[]; readonly lie?: number }
  | { readonly kind: "map"; readonly entries: readonly (readonly [Tree, Tree])[]; readonly lie?: number }
  /** A value of type `dynamic`: its type and the value. */
  | { readonly kind: "dynamic"; readonly type: Buffer; readonly value: Tree }
  | { readonly kind: "nested"; readonly depth: number }
  | { readonly kind: "raw"; readonly bytes: Buffer };

const textOf = (text: string): Tree => ({ kind: "text", bytes: Buffer.from(text) });
const nil: Tree = { kind: "nil" };
const unknown: Tree = { kind: "unknown" };

const NAMES = ["__proto__", "constructor", "toString", "id", "name", "type", "value", ""];
/** Strings in the formats of attributes, and strings that programs often mishandle. */
const TEXTS = [
  "::1",
  "2001:DB8::8:800:200C:417A",
  "10.0.0.0/8",
  "1h30m",
  "9999999999h",
  "-1.5ns",
  "2006-01-02T15:04:05Z",
  '{"a":[1]}',
  "true",
];
const NUMBERS = [
  "0",
  "-0",
  "1e1000000",
  "1e-1000000",
  "1e9999999",
  "9007199254740993",
  "-9223372036854775809",
  "0.1",
  "1e400",
  "NaN",
  "0x10",
];

const name = fc.oneof(fc.constantFrom(...NAMES), fc.string({ unit: "binary", maxLength: 12 }));
const long = fc
  .tuple(fc.constantFrom("1", ":", "a", "\\", '"', "\u0000", "\ud83d\ude00"), fc.integer({ min: 100, max: 20_000 }))
  .map(([unit, times]) => unit.repeat(times));
export const anyText = fc.oneof(
  { weight: 4, arbitrary: fc.string({ unit: "binary", maxLength: 20 }) },
  { weight: 4, arbitrary: fc.constantFrom(...TEXTS, ...NAMES) },
  { weight: 1, arbitrary: long },
);
const number: fc.Arbitrary<Tree> = fc
  .oneof(
    fc.integer().map(String),
    fc.double().map(String),
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
    fc.constantFrom(...NUMBERS),
  )
  .map((text) => ({ kind: "number", text }));
const lie = fc.constantFrom(-1, 1, 2 ** 16, 2 ** 31, 2 ** 32 - 100);

const { type: anyType } = fc.letrec<{ type: Type }>((tie) => ({
  type: fc.oneof(
    { maxDepth: 3, depthIdentifier: "type" },
    fc.constantFrom<Type>({ kind: "string" }, { kind: "number" }, { kind: "bool" }, { kind: "dynamic" }),
    fc.tuple(fc.constantFrom("list", "set", "map"), tie("type")).map(([kind, element]): Type => ({ kind, element })),
    fc.array(tie("type"), { maxLength: 3, depthIdentifier: "type" }).map((elements): Type => ({ kind: "tuple", elements })),
    fc.array(fc.tuple(name, tie("type")), { maxLength: 3, depthIdentifier: "type" }).map(
      (entries): Type => ({
        kind: "object",
        // Without a prototype: any name is possible.
        attributes: Object.assign(Object.create(null), Object.fromEntries(entries)),
      }),
    ),
  ),
}));

/** Strings in place of the JSON of a type. */
const brokenType = fc.oneof(
  fc.constantFrom(
    '"text"',
    '["list"]',
    '["object",{"a":"string","a":"bool"}]',
    '["map",["map"',
    '["object",{"__proto__":"string"}]',
    "null",
    "{}",
  ),
  fc.integer({ min: 1, max: 3000 }).map((depth) => `${'["list",'.repeat(depth)}"string"${"]".repeat(depth)}`),
  fc.json({ maxDepth: 3 }),
  anyText,
);

/** Any value of any type. */
const { tree: anything } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, depthIdentifier: "tree" },
    fc.constantFrom(nil, unknown),
    fc.boolean().map((value): Tree => ({ kind: "bool", value })),
    number,
    anyText.map(textOf),
    fc.uint8Array({ maxLength: 12 }).map((bytes): Tree => ({ kind: "text", bytes: Buffer.from(bytes) })),
    fc.uint8Array({ maxLength: 12 }).map((bytes): Tree => ({ kind: "raw", bytes: Buffer.from(bytes) })),
    fc.integer({ min: 1, max: 5000 }).map((depth): Tree => ({ kind: "nested", depth })),
    fc.array(tie("tree"), { maxLength: 4, depthIdentifier: "tree" }).map((items): Tree => ({ kind: "array", items })),
    fc.tuple(fc.array(tie("tree"), { maxLength: 2 }), lie).map(([items, by]): Tree => ({ kind: "array", items, lie: by })),
    fc
      .array(fc.tuple(fc.oneof(name.map(textOf), tie("tree")), tie("tree")), { maxLength: 4, depthIdentifier: "tree" })
      .map((entries): Tree => ({ kind: "map", entries })),
    fc
      .tuple(fc.array(fc.tuple(name.map(textOf), tie("tree")), { maxLength: 2 }), lie)
      .map(([entries, by]): Tree => ({ kind: "map", entries, lie: by })),
    fc.tuple(brokenType, tie("tree")).map(([type, value]): Tree => ({ kind: "dynamic", type: Buffer.from(type), value })),
  ),
}));

/** Values of a type, each in a version that conforms and one that conforms in part. */
export interface Values {
  readonly fitting: fc.Arbitrary<Tree>;
  readonly hostile: fc.Arbitrary<Tree>;
}

export const valuesOf = (type: Type): Values => ({ fitting: treeOf(type, false, 0), hostile: treeOf(type, true, 0) });

function treeOf(type: Type, hostile: boolean, depth: number): fc.Arbitrary<Tree> {
  const known = knownTreeOf(type, hostile, depth);
  const odd = hostile ? [{ weight: 1, arbitrary: anything }] : [];
  return fc.oneof({ weight: 12, arbitrary: known }, { weight: 2, arbitrary: fc.constantFrom(nil, unknown) }, ...odd);
}

function knownTreeOf(type: Type, hostile: boolean, depth: number): fc.Arbitrary<Tree> {
  const inner = (of: Type) => treeOf(of, hostile, depth + 1);
  switch (type.kind) {
    case "string":
      return (hostile ? anyText : fc.oneof(fc.constantFrom(...TEXTS), fc.string({ maxLength: 8 }))).map(textOf);
    case "number":
      return hostile ? number : fc.integer().map((value): Tree => ({ kind: "number", text: String(value) }));
    case "bool":
      return fc.boolean().map((value): Tree => ({ kind: "bool", value }));
    case "list":
    case "set":
      return fc.array(inner(type.element), { maxLength: 4 }).map((items): Tree => ({ kind: "array", items }));
    case "tuple":
      return fc.tuple(...type.elements.map(inner)).map((items): Tree => ({ kind: "array", items }));
    case "map": {
      const key = (hostile ? name : fc.string({ maxLength: 6 })).map(textOf);
      const keyed = fc.tuple(key, inner(type.element));
      const entries = hostile
        ? fc.array(keyed, { maxLength: 4 })
        : fc.uniqueArray(keyed, { maxLength: 4, selector: ([of]) => JSON.stringify(of) });
      return entries.map((all): Tree => ({ kind: "map", entries: all }));
    }
    case "object": {
      const names = Object.keys(type.attributes);
      const members = fc.tuple(...names.map((of) => inner(type.attributes[of] as Type)));
      const whole = members.map(
        (values): Tree => ({ kind: "map", entries: names.map((of, index) => [textOf(of), values[index] as Tree]) }),
      );
      if (!hostile) return whole;
      const spoiled = fc.tuple(whole, fc.nat({ max: 3 }), name, anything).map(
        ([tree, drop, extra, value]): Tree => ({
          ...(tree as Tree & { kind: "map" }),
          entries: [...entriesOf(tree).slice(drop), [textOf(extra), value]],
        }),
      );
      return fc.oneof({ weight: 20, arbitrary: whole }, { weight: 1, arbitrary: spoiled });
    }
    case "dynamic": {
      if (depth > 3) return fc.constant({ kind: "dynamic", type: Buffer.from('"string"'), value: textOf("a") });
      return anyType
        .filter(({ kind }) => hostile || kind !== "dynamic")
        .chain((own) => inner(own).map((value): Tree => ({ kind: "dynamic", type: Buffer.from(typeText(own)), value })));
    }
  }
}

const entriesOf = (tree: Tree) => (tree.kind === "map" ? tree.entries : []);
