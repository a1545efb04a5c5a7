import {
  bool,
  CtyError,
  decodeType,
  dynamic,
  encodeType,
  list,
  map,
  number,
  object,
  set,
  string,
  type Type,
  tuple,
  typesEqual,
  typeText,
  typeToString,
} from "../../../src/bridge/cty/index.js";

const all: readonly [string, Type][] = [
  ['"string"', string],
  ['"number"', number],
  ['"bool"', bool],
  ['"dynamic"', dynamic],
  ['["list","string"]', list(string)],
  ['["set",["map","number"]]', set(map(number))],
  ['["object",{}]', object({})],
  [
    '["object",{"10":"bool","9":"string","a\\u003cb":["tuple",["string","dynamic"]]}]',
    object({ "9": string, "a<b": tuple([string, dynamic]), "10": bool }),
  ],
  ['["tuple",[]]', tuple([])],
];

describe("types as JSON", () => {
  it.each(all)("%s", (text, type) => {
    expect(typeText(type)).toBe(text);
    expect(encodeType(type)).toEqual(JSON.parse(text));
    expect(typesEqual(decodeType(JSON.parse(text)), type)).toBe(true);
    for (const [other, otherType] of all) expect(typesEqual(type, otherType)).toBe(text === other);
  });

  it("leaves out which attributes are optional", () => {
    expect(typeText(decodeType(["object", { a: "string", b: "bool" }, ["b"]]))).toBe('["object",{"a":"string","b":"bool"}]');
  });

  it("keeps an attribute named __proto__", () => {
    const text = '["object",{"__proto__":"string"}]';
    expect(typeText(decodeType(JSON.parse(text)))).toBe(text);
  });

  it.each([
    null,
    undefined,
    1,
    "text",
    "toString",
    [],
    ["list"],
    ["list", "x"],
    ["object"],
    ["object", []],
    ["object", null],
    ["tuple", {}],
    ["tuple", [1]],
    {},
  ])("refuses %j", (json) => {
    expect(() => decodeType(json)).toThrow(CtyError);
  });

  it("refuses a type that nests without end", () => {
    let json: unknown = "string";
    for (let depth = 0; depth < 100_000; depth++) json = ["list", json];
    expect(() => decodeType(json)).toThrow(new CtyError("the type nests too deep"));
  });

  it("names types for messages", () => {
    expect(typeToString(list(set(map(object({})))))).toBe("list of set of map of object");
    expect(typeToString(dynamic)).toBe("any type");
    expect(typeToString(tuple([]))).toBe("tuple");
  });
});
