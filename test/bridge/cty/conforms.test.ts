import {
  bool,
  checkConforms,
  DynamicValue,
  dynamic,
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

const rule = object({ name: string, ports: set(number) });

describe("checkConforms", () => {
  it.each<[Value, Type]>([
    [null, string],
    [unknown, rule],
    ["", string],
    [parseNumber("1e400"), number],
    [{ name: "a", ports: [1, 2] }, rule],
    [[unknown, unknown], set(string)],
    [
      [
        { name: unknown, ports: null },
        { name: unknown, ports: null },
      ],
      set(rule),
    ],
    [[null, ["a"]], tuple([bool, list(string)])],
    [{ a: null, b: "x" }, map(string)],
    [new DynamicValue(list(number), [1]), dynamic],
    [JSON.parse('{"__proto__":"x"}'), map(string)],
  ])("accepts %p", (value, type) => {
    expect(checkConforms(value, type)).toBeUndefined();
  });

  it.each<[string, unknown, Type]>([
    ["undefined is no string", undefined, string],
    ["a JavaScript number is no string", 1, string],
    ["the text is not Unicode: half of a surrogate pair is alone in it", "\ud800", string],
    ["a JavaScript string is no number", "1", number],
    ["NaN is no number", Number.NaN, number],
    ["a JavaScript number is no number", Number.POSITIVE_INFINITY, number],
    ["a JavaScript bigint is no number", 1n, number],
    ["a JavaScript number is no bool", 0, bool],
    ["a JavaScript array is no map of string", [], map(string)],
    ["a JavaScript object is no list of string", { 0: "a" }, list(string)],
    ["a JavaScript object is no object", parseNumber("1e400"), object({})],
    ["a JavaScript object is no map of string", new Map([["a", "x"]]), map(string)],
    ["a JavaScript object is no object", new Date(0), object({})],
    ["a JavaScript object is no map of string", new DynamicValue(string, "x"), map(string)],
    ["[1]: undefined is no string", ["a", undefined], list(string)],
    ["[0]: undefined is no string", new Array(1), list(string)],
    ['["a"]: the element is in the set twice', ["a", "b", "a"], set(string)],
    [
      "[...]: the element is in the set twice",
      [
        { name: "a", ports: [1, 2] },
        { ports: [2, 1], name: "a" },
      ],
      set(rule),
    ],
    ['["x"]: a JavaScript number is no string', { x: 1 }, map(string)],
    ["it has 1 elements, and the type has 2", ["a"], tuple([string, string])],
    ["name: the attribute is missing (null says that there is no value)", { ports: [] }, rule],
    ["toString: the attribute is missing (null says that there is no value)", {}, object({ toString: string })],
    ["name: undefined is no string", { name: undefined, ports: [] }, rule],
    ["port: the type has no such attribute", { name: "a", ports: [], port: 1 }, rule],
    ["rules[0].ports[NaN]: NaN is no number", { rules: [{ name: "a", ports: [Number.NaN] }] }, object({ rules: list(rule) })],
    ["a JavaScript string is no any type", "a", dynamic],
    ["[0]: a JavaScript number is no string", new DynamicValue(list(string), [1 as never]), dynamic],
    ["the type that it brings is no type of a value", new DynamicValue(dynamic, null), dynamic],
  ])("says: %s", (message, value, type) => {
    expect(checkConforms(value as Value, type)?.message).toBe(message);
  });
});
