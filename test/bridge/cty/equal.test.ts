import {
  bool,
  DynamicValue,
  dynamic,
  equal,
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

/** One letter, as one character and as two. */
const [COMPOSED, DECOMPOSED] = ["caf\u00e9", "cafe\u0301"] as const;
const exact = () => parseNumber("9007199254740993");
const names = Array.from({ length: 200 }, (_, index) => `permission-${index}`);

describe("equal", () => {
  it.each<[string, Value, Value, Type, boolean]>([
    ["texts", "a", "a", string, true],
    ["other texts", "a", "b", string, false],
    ["texts of other characters that are the same text", COMPOSED, DECOMPOSED, string, true],
    ["lists of such texts", [COMPOSED], [DECOMPOSED], list(string), true],
    ["sets of such texts", ["z", COMPOSED], [DECOMPOSED, "z"], set(string), true],
    ["maps by such keys", { [COMPOSED]: 1 }, { [DECOMPOSED]: 1 }, map(number), true],
    ["maps by such keys, and other values", { [COMPOSED]: 1 }, { [DECOMPOSED]: 2 }, map(number), false],
    ["sets of such maps", [{ [COMPOSED]: "a" }, {}], [{}, { [DECOMPOSED]: "a" }], set(map(string)), true],
    ["a letter and the sign of a unit that is the same", "K", "\u212a", string, true],
    ["letters of another width", "A", "\uff21", string, false],
    ["null and null", null, null, string, true],
    ["null and text", null, "", string, false],
    ["unknown and unknown", unknown, unknown, string, true],
    ["unknown and null", unknown, null, string, false],
    ["unknown and known", unknown, "a", string, false],
    ["bools", true, false, bool, false],
    ["exact numbers", exact(), exact(), number, true],
    ["an exact number and its neighbour", exact(), 9007199254740992, number, false],
    ["lists in another order", ["a", "b"], ["b", "a"], list(string), false],
    ["lists of another length", ["a"], ["a", "a"], list(string), false],
    ["sets in another order", ["a", "b"], ["b", "a"], set(string), true],
    ["sets of another length", ["a"], ["a", "b"], set(string), false],
    ["sets with other elements", ["a", "b"], ["a", "c"], set(string), false],
    ["sets of exact numbers", [1, exact()], [exact(), 1], set(number), true],
    ["sets with null and unknown", [null, unknown, "?"], ["?", null, unknown], set(string), true],
    ["sets of sets in another order", [["a", "b"], ["c"]], [["c"], ["b", "a"]], set(set(string)), true],
    ["sets of lists in another order inside", [["a", "b"]], [["b", "a"]], set(list(string)), false],
    [
      "sets of objects",
      [
        { a: 1, b: ["x", "y"] },
        { a: 2, b: [] },
      ],
      [
        { b: [], a: 2 },
        { b: ["y", "x"], a: 1 },
      ],
      set(object({ a: number, b: set(string) })),
      true,
    ],
    ["sets of texts that look alike when joined", ['a","b'], ["a", "b"], set(string), false],
    ["sets of maps", [{ a: "1" }, { b: "1" }], [{ b: "1" }, { a: "1" }], set(map(string)), true],
    ["sets of tuples", [["a", 1]], [["a", 2]], set(tuple([string, number])), false],
    [
      "sets of dynamic",
      [new DynamicValue(string, "1"), new DynamicValue(number, 1)],
      [new DynamicValue(number, 1), new DynamicValue(string, "1")],
      set(dynamic),
      true,
    ],
    ["maps in another order", { a: 1, b: 2 }, { b: 2, a: 1 }, map(number), true],
    ["maps with other keys", { a: null }, { b: null }, map(number), false],
    ["maps of which one has a key more", { a: 1 }, { a: 1, b: null }, map(number), false],
    ["objects with another attribute value", { a: 1 }, { a: 2 }, object({ a: number }), false],
    ["tuples", ["a", 1], ["a", 1], tuple([string, number]), true],
    [
      "dynamic values of the same type",
      new DynamicValue(set(string), ["a", "b"]),
      new DynamicValue(set(string), ["b", "a"]),
      dynamic,
      true,
    ],
    ["dynamic values of other types", new DynamicValue(list(string), []), new DynamicValue(set(string), []), dynamic, false],
    ["a dynamic value and nothing", new DynamicValue(string, null), null, dynamic, false],
    ["200 names in reverse", names, names.toReversed(), set(string), true],
    ["200 names of which one differs", names, [...names.slice(1), "other"].toReversed(), set(string), false],
  ])("%s", (_name, a, b, type, expected) => {
    expect(equal(a, b, type)).toBe(expected);
    expect(equal(b, a, type)).toBe(expected);
    expect(equal(a, a, type)).toBe(true);
  });
});
