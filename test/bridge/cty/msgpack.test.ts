import {
  bool,
  CtyError,
  DynamicValue,
  decodeMsgpack,
  dynamic,
  encodeMsgpack,
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

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(" ", ""), "hex");

describe("decodeMsgpack", () => {
  it.each<[string, string, Type, Value]>([
    ["uint64 past int64", "cf ffffffffffffffff", number, parseNumber("18446744073709551615")],
    ["uint64 that is small", "cf 0000000000000001", number, 1],
    ["int64", "d3 8000000000000000", number, parseNumber("-9223372036854775808")],
    ["int64 that is small", "d3 ffffffffffffffff", number, -1],
    ["int8", "d0 80", number, -128],
    ["int16", "d1 8000", number, -32768],
    ["int32", "d2 80000000", number, -2147483648],
    ["float32", "ca 3f000000", number, 0.5],
    ["float64 of a whole number that is written out", "cb 4450000000000000", number, parseNumber("1180591620717411303424")],
    ["float64 of a fraction, which means its shortest text", "cb 3fb999999999999a", number, 0.1],
    ["float64 -0", "cb 8000000000000000", number, 0],
    ["decimal text with an exponent", "a5 3165343030", number, parseNumber("1e400")],
    ["text in a long form", "db 00000001 61", string, "a"],
    ["a list in a long form", "dd 00000001 c3", list(bool), [true]],
    ["a map in a long form", "df 00000001 d901 61 c2", map(bool), { a: false }],
    ["the empty extension", "c7 00 00", string, unknown],
    ["extension 12", "c7 03 0c 8101c2", string, unknown],
    ["another extension", "d8 7f 00000000000000000000000000000000", list(string), unknown],
    [
      "extensions with every header",
      "98 d40000 d5000000 d60000000000 d7000000000000000000 d80000000000000000000000000000000000 c7010c00 c800010c00 c9000000010c00",
      list(bool),
      new Array(8).fill(unknown),
    ],
    ["an object in another order", "82 a162 01 a161 02", object({ a: number, b: number }), { a: 2, b: 1 }],
    ["dynamic in dynamic", "92 c409 2264796e616d696322 92 a6 22626f6f6c22 c3", dynamic, new DynamicValue(bool, true)],
  ])("reads %s", (_name, hex, type, expected) => {
    expect(decodeMsgpack(bytes(hex), type)).toEqual(expected);
  });

  it("gives objects and maps without a prototype, so that every key is safe", () => {
    const value = decodeMsgpack(bytes("81 a9 5f5f70726f746f5f5f c3"), map(bool)) as Record<string, Value>;
    expect(Object.getPrototypeOf(value)).toBeNull();
    expect(Object.entries(value)).toEqual([["__proto__", true]]);
    expect(Object.getPrototypeOf(decodeMsgpack(bytes("80"), object({})))).toBeNull();
  });

  const rules = object({ rules: list(object({ name: string, labels: map(number) })) });
  it.each<[string, string, Type, string]>([
    ["no bytes", "", string, "the bytes end early"],
    ["bytes after the value", "c0 c0", string, "more bytes follow after the value"],
    ["the code that means nothing", "c1", string, "the bytes are no msgpack"],
    ["a text that ends early", "a3 61", string, "the bytes end early"],
    ["a text that lies about its size", "db ffffffff", string, "the bytes end early"],
    ["a list that lies about its size", "dd ffffffff", list(string), "the bytes end early"],
    ["a map that lies about its size", "df ffffffff", map(string), "the bytes end early"],
    ["an extension that lies about its size", "c9 ffffffff 00", string, "the bytes end early"],
    ["bytes that are not UTF-8", "a2 c328", string, "the text is not UTF-8"],
    ["binary for text", "c4 01 61", string, "a msgpack binary is no string"],
    ["a float for a bool", "cb 3ff0000000000000", bool, "a msgpack float is no bool"],
    ["NaN", "cb 7ff8000000000000", number, "it is not a finite number"],
    ["infinity", "cb 7ff0000000000000", number, "it is not a finite number"],
    ["text for a number", "a1 78", number, "it is not a decimal number"],
    ["a number of absurd size", "ac 316531303030303030303030", number, "its exponent is too large"],
    ["a list for a map", "90", map(string), "a msgpack array is no map of string"],
    ["a tuple of another length", "91 c0", tuple([]), "it has 1 elements, and the type has 0"],
    ["a key that is no text", "81 01 c0", map(string), "a msgpack integer is no key"],
    ["a key twice", "82 a161 c0 a161 c0", map(string), '["a"]: the key is there twice'],
    ["an attribute twice", "82 a161 c0 a161 c0", object({ a: string, b: string }), "a: the attribute is there twice"],
    ["an attribute that is missing", "81 a161 c0", object({ a: string, b: string }), "b: the attribute is missing"],
    ["an attribute that is not in the type", "81 a8 746f537472696e67 c0", object({}), "toString: the type has no such attribute"],
    [
      "a wrong value deep inside",
      "81 a5 72756c6573 91 82 a4 6e616d65 c0 a6 6c6162656c73 81 a178 c3",
      rules,
      'rules[0].labels["x"]: a msgpack boolean is no number',
    ],
    ["a dynamic value without a type", "91 c0", dynamic, "a msgpack array is no any type"],
    ["a dynamic value whose type is no JSON", "92 c401 7b c0", dynamic, "its type is no JSON"],
    ["a dynamic value whose type is no type", "92 c404 6e756c6c c0", dynamic, "it is not a type of Terraform"],
    ["dynamic in dynamic without end", "92c4092264796e616d696322".repeat(100_000), dynamic, "the value nests too deep"],
    [
      "dynamic in a list without end",
      `92c412${Buffer.from('["list","dynamic"]').toString("hex")}91`.repeat(10_000),
      dynamic,
      "the value nests too deep",
    ],
  ])("refuses %s", (_name, hex, type, message) => {
    const decode = () => decodeMsgpack(bytes(hex), type);
    expect(decode).toThrow(CtyError);
    expect(decode).toThrow(message);
  });
});

describe("encodeMsgpack", () => {
  const type = object({ rules: set(object({ labels: map(string) })), pair: tuple([string, number]) });
  it.each<[string, unknown, Type]>([
    ["rules: the attribute is missing", { pair: null }, type],
    ['rules[1].labels["a"]: a JavaScript number is no string', { rules: [null, { labels: { a: 1 } }], pair: null }, type],
    ["pair[1]: NaN is no number", { rules: [], pair: ["a", Number.NaN] }, type],
    ["pair: it has 1 elements, and the type has 2", { rules: [], pair: ["a"] }, type],
    ["a JavaScript string is no map of string", "abc", map(string)],
    ["a JavaScript array is no object", [], object({})],
    ["a JavaScript object is no list of string", {}, list(string)],
    ["a JavaScript number is no number", Number.NEGATIVE_INFINITY, number],
    ["a JavaScript string is no bool", "true", bool],
    ["a JavaScript boolean is no any type", true, dynamic],
  ])("says: %s", (message, value, of) => {
    expect(() => encodeMsgpack(value as Value, of)).toThrow(new CtyError(message));
  });

  it("writes an exact fraction as text even where a binary64 has it, because that would be read as another number", () => {
    const text = "0.1000000000000000055511151231257827021181583404541015625";
    const value = parseNumber(text);
    expect(Buffer.from(encodeMsgpack(value, number)).subarray(2).toString()).toBe(text);
    expect(decodeMsgpack(encodeMsgpack(value, number), number)).toEqual(value);
  });
});

test("more parts of a value than memory is there for are refused, however few bytes they take", () => {
  const nulls = (count: number) => {
    const bytes = Buffer.alloc(5 + count, 0xc0);
    bytes[0] = 0xdd;
    bytes.writeUInt32BE(count, 1);
    return bytes;
  };
  expect(decodeMsgpack(nulls(100_000), list(string))).toHaveLength(100_000);
  expect(() => decodeMsgpack(nulls(4_000_001), list(string))).toThrow("too many parts");
});
