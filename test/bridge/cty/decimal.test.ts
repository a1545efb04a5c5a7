import { compareNumbers, Decimal, numbersEqual, numberText, parseNumber } from "../../../src/bridge/cty/index.js";

describe("parseNumber", () => {
  it.each([
    ["0", 0],
    ["-0", 0],
    ["+1", 1],
    ["1.", 1],
    [".5", 0.5],
    ["0.1", 0.1],
    ["0.10", 0.1],
    ["1e2", 100],
    ["9007199254740992", 9007199254740992],
    ["1e21", 1e21],
    ["1e23", 1e23],
    ["5e-324", 5e-324],
    ["1.7976931348623157e308", Number.MAX_VALUE],
    ["0e99999999999999999999", 0],
  ])("gives a JavaScript number for %s", (text, expected) => {
    expect(parseNumber(text)).toBe(expected);
  });

  it.each([
    ["9007199254740993", "9007199254740993"],
    ["-9007199254740993.0", "-9007199254740993"],
    ["1e400", `1${"0".repeat(400)}`],
    ["-1e-400", `-0.${"0".repeat(399)}1`],
    ["1180591620717411303424", "1180591620717411303424"],
    ["0.1000000000000000055511151231257827021181583404541015625", "0.1000000000000000055511151231257827021181583404541015625"],
    ["00012345678901234567890.12345678901234567890", "12345678901234567890.1234567890123456789"],
    ["1e99999", "1e99999"],
    ["123.5e-99999", "1235e-100000"],
  ])("gives an exact decimal for %s", (text, expected) => {
    const value = parseNumber(text);
    expect(value).toBeInstanceOf(Decimal);
    expect(String(value)).toBe(expected);
    expect(JSON.stringify({ value })).toBe(JSON.stringify({ value: expected }));
    expect(parseNumber(String(value))).toStrictEqual(value);
  });

  it.each(["", ".", "-", "e5", "1e", "0x10", "1_000", "NaN", "Infinity", "-Inf", " 1", "1 ", "1,5", "--1", "1e5.5", "١"])(
    "refuses %j",
    (text) => {
      expect(() => parseNumber(text)).toThrow(new RangeError("it is not a decimal number"));
    },
  );

  it.each(["1e1000000000", "1e-1000000000", `1e${"9".repeat(400)}`, `0.${"0".repeat(1_000_001)}1`])(
    "refuses an absurd exponent",
    (text) => {
      expect(() => parseNumber(text)).toThrow(new RangeError("its exponent is too large"));
    },
  );

  it("reads a million digits in linear time", () => {
    const text = `${"10".repeat(300_000)}${"0".repeat(400_000)}1.5`;
    const value = parseNumber(text);
    expect(String(value)).toBe(`${text.replace(".", "")}e-1`);
  });
});

describe("compareNumbers", () => {
  const ordered = [
    "-1e400",
    "-9007199254740993",
    "-9007199254740992",
    "-0.1",
    "-1e-400",
    "0",
    "1e-400",
    "0.1",
    "0.10000000000000000001",
    "0.11",
    "1",
    "9007199254740992",
    "9007199254740993",
    "9007199254740993.5",
    "1e400",
    "1.5e400",
  ].map(parseNumber);

  it("orders numbers of both forms by value", () => {
    for (const [i, a] of ordered.entries())
      for (const [j, b] of ordered.entries()) {
        expect(Math.sign(compareNumbers(a, b))).toBe(Math.sign(i - j));
        expect(numbersEqual(a, b)).toBe(i === j);
      }
  });
});

describe("numberText", () => {
  it.each([
    [1e21, "1000000000000000000000"],
    [1.5e-7, "0.00000015"],
    [-1e-7, "-0.0000001"],
    [-0, "0"],
    [123.456, "123.456"],
  ])("writes %p plainly", (value, expected) => {
    expect(numberText(value)).toBe(expected);
  });
});
