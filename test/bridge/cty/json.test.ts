import {
  bool,
  CtyError,
  DynamicValue,
  decodeJson,
  dynamic,
  encodeJson,
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

describe("decodeJson", () => {
  it.each<[string, Type, Value]>([
    [' {"a" : [ 1 , 2 ] }\r\n', map(list(number)), { a: [1, 2] }],
    ["9007199254740993", number, parseNumber("9007199254740993")],
    ["1E400", number, parseNumber("1e400")],
    ["0.12345678901234567890", number, parseNumber("0.1234567890123456789")],
    ['"0.1"', number, 0.1],
    ["1.50", string, "1.50"],
    ["true", string, "true"],
    ['"1"', bool, true],
    ['"false"', bool, false],
    ["[1,0]", list(bool), [true, false]],
    ["null", object({ a: string }), null],
    ['{"b":1}', object({ a: string, b: number }), { a: null, b: 1 }],
    ['"\\u00e9\\ud83d\\udc27\\\\\\""', string, 'é🐧\\"'],
    ['{"value":[1],"type":["set","number"]}', dynamic, new DynamicValue(set(number), [1])],
    ['{"type":"string","value":null}', dynamic, new DynamicValue(string, null)],
    ['{"type":"dynamic","value":null}', dynamic, null],
    ['{"type":"dynamic","value":{"type":"bool","value":true}}', dynamic, new DynamicValue(bool, true)],
    ['["a",1]', tuple([string, number]), ["a", 1]],
  ])("reads %s", (text, type, expected) => {
    expect(decodeJson(text, type)).toEqual(expected);
    expect(decodeJson(Buffer.from(text), type)).toEqual(expected);
  });

  it("reads a key __proto__ as any other", () => {
    const value = decodeJson('{"__proto__":"x"}', map(string)) as Record<string, Value>;
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect(Object.entries(value)).toEqual([["__proto__", "x"]]);
  });

  it("ignores removed attributes of stored state where it is told to, at every depth", () => {
    const type = object({ rules: list(object({ name: string, added: bool })) });
    const text = '{"gone":{"x":[1e5]},"rules":[{"name":"a","old":1}]}';
    expect(() => decodeJson(text, type)).toThrow("gone: the type has no such attribute");
    expect(decodeJson(text, type, { ignoreUnknownAttributes: true })).toEqual({ rules: [{ name: "a", added: null }] });
  });

  it.each<[string, Type, string]>([
    ['{"a":["x",{}]}', object({ a: list(string) }), "a[1]: the JSON is no string"],
    ['{"k":"x"}', map(number), '["k"]: it is not a decimal number'],
    ['{"k":1e1000001}', map(number), '["k"]: its exponent is too large'],
    ["[1.0]", set(bool), "[0]: the JSON is no bool"],
    ['["yes"]', set(bool), "[0]: the JSON is no bool"],
    ["{}", list(string), "the JSON is no list of string"],
    ["[]", map(string), "the JSON is no map of string"],
    ["[]", object({}), "the JSON is no object"],
    ["1", tuple([]), "the JSON is no tuple"],
    ["[1]", tuple([]), "it has 1 elements, and the type has 0"],
    ['{"type":"string"}', dynamic, "the JSON is no any type"],
    ['{"type":"string","value":"","x":1}', dynamic, "the JSON is no any type"],
    ['{"d":{"type":"text","value":""}}', object({ d: dynamic }), "d: it is not a type of Terraform"],
  ])("says what is wrong with %s", (text, type, message) => {
    expect(() => decodeJson(text, type)).toThrow(new CtyError(message));
  });

  it.each([
    "",
    " ",
    "{",
    '{"a"}',
    '{"a":}',
    '{"a":"x",}',
    "[",
    "[1",
    '"x',
    '"\\',
    '"\\x"',
    '"\n"',
    "01",
    "+1",
    ".5",
    "1.",
    "1e",
    "-",
    "nul",
    "truex",
    "null null",
    "NaN",
    "'x'",
    '{a:"x"}',
    "\ufeffnull",
  ])("refuses the broken %j", (text) => {
    expect(() => decodeJson(text, map(string))).toThrow(/^the JSON is broken at character \d+$/);
  });

  it("refuses bytes that are not UTF-8", () => {
    expect(() => decodeJson(Buffer.from([0x22, 0xff, 0x22]), string)).toThrow(new CtyError("the text is not UTF-8"));
    expect(decodeJson(Buffer.from('"\ufffd"'), string)).toBe("\ufffd");
  });

  it("refuses endless nesting", () => {
    expect(() => decodeJson("[".repeat(1_000_000), list(string))).toThrow(new CtyError("the JSON nests too deep"));
    expect(() => decodeJson('{"a":'.repeat(1_000_000), map(string))).toThrow(new CtyError("the JSON nests too deep"));
  });

  it("reads a text of ten million escapes", () => {
    expect(decodeJson(`"${"\\n".repeat(10_000_000)}"`, string)).toHaveLength(10_000_000);
  });
});

describe("encodeJson", () => {
  const type = object({ rules: list(object({ labels: map(string) })) });

  it("refuses an unknown value, and tells where it is", () => {
    expect(() => encodeJson({ rules: [{ labels: { a: unknown } }] }, type)).toThrow(
      new CtyError('rules[0].labels["a"]: an unknown value has no JSON'),
    );
  });

  it.each<[string, unknown, Type]>([
    ["rules: the attribute is missing", {}, type],
    ["rules[0].labels: a JavaScript array is no map of string", { rules: [{ labels: [] }] }, type],
    ["NaN is no number", Number.NaN, number],
    ["it has 0 elements, and the type has 1", [], tuple([string])],
    ["a JavaScript string is no any type", "x", dynamic],
  ])("says: %s", (message, value, of) => {
    expect(() => encodeJson(value as Value, of)).toThrow(new CtyError(message));
  });
});

test("more parts of a JSON text than memory is there for are refused, however few characters they take", () => {
  const ones = (count: number) => `[${"1,".repeat(count - 1)}1]`;
  expect(decodeJson(ones(100_000), list(number))).toHaveLength(100_000);
  expect(() => decodeJson(ones(4_000_001), list(number))).toThrow("too many parts");
});
