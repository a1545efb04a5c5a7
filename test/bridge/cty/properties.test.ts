import { deepStrictEqual } from "node:assert";
import { decode as decodeElsewhere, ExtData } from "@msgpack/msgpack";
import * as fc from "fast-check";
import {
  CtyError,
  canonicalKey,
  checkConforms,
  compareNumbers,
  Decimal,
  DynamicValue,
  decodeJson,
  decodeMsgpack,
  decodeType,
  encodeJson,
  encodeMsgpack,
  encodeType,
  equal,
  isWhollyKnown,
  numberText,
  parseNumber,
  type Type,
  typesEqual,
  unknown,
  type Value,
  type ValueObject,
} from "../../../src/bridge/cty/index.js";
import { anyType, typedKnownValue, typedValue } from "./arbitrary.js";

// Values are compared with node:assert, since jest takes a member named "constructor" for a class.
describe("any value of any type", () => {
  it("fits its type", () => {
    fc.assert(fc.property(typedValue, ({ type, value }) => expect(checkConforms(value, type)).toBeUndefined()));
  });

  it("comes back from msgpack, into the same bytes", () => {
    fc.assert(
      fc.property(typedValue, ({ type, value }) => {
        const bytes = encodeMsgpack(value, type);
        const decoded = decodeMsgpack(bytes, type);
        deepStrictEqual(decoded, value);
        expect(equal(decoded, value, type)).toBe(true);
        expect(canonicalKey(decoded, type)).toBe(canonicalKey(value, type));
        expect(isWhollyKnown(decoded)).toBe(isWhollyKnown(value));
        expect(Buffer.compare(encodeMsgpack(decoded, type), bytes)).toBe(0);
      }),
      { numRuns: 1000 },
    );
  });

  it("comes back from JSON, which JSON.parse accepts", () => {
    fc.assert(
      fc.property(typedKnownValue, ({ type, value }) => {
        const text = encodeJson(value, type);
        deepStrictEqual(decodeJson(text, type), value);
        expect(() => JSON.parse(text)).not.toThrow();
      }),
      { numRuns: 1000 },
    );
  });

  it("has JSON exactly if it is wholly known", () => {
    fc.assert(
      fc.property(typedValue, ({ type, value }) => {
        const encode = () => encodeJson(value, type);
        if (isWhollyKnown(value)) expect(encode).not.toThrow();
        else expect(encode).toThrow("an unknown value has no JSON");
      }),
    );
  });

  it("is msgpack that another library reads the same", () => {
    fc.assert(
      fc.property(typedValue, ({ type, value }) => {
        const bytes = encodeMsgpack(value, type);
        fc.pre(!Buffer.from(bytes).includes("__proto__"));
        expectSame(decodeElsewhere(bytes, { useBigInt64: true }), value, type);
      }),
      { numRuns: 500 },
    );
  });

  it("equals another exactly if their canonical keys do", () => {
    fc.assert(
      fc.property(typedValue, ({ type, value }) => {
        const other = turned(value, type);
        expect(equal(value, other, type)).toBe(canonicalKey(value, type) === canonicalKey(other, type));
      }),
      { numRuns: 500 },
    );
  });
});

/** The value with each list and set in it turned round, which changes lists and not sets. */
function turned(value: Value, type: Type): Value {
  if (value instanceof DynamicValue) return new DynamicValue(value.type, turned(value.value, value.type));
  if (Array.isArray(value)) {
    const elements = (value as readonly Value[]).map((element, index) => turned(element, elementType(type, index)));
    return type.kind === "tuple" ? elements : elements.reverse();
  }
  if (value === null || typeof value !== "object" || value instanceof Decimal) return value;
  return Object.fromEntries(Object.entries(value as ValueObject).map(([name, member]) => [name, turned(member, memberType(type, name))]));
}

describe("any type", () => {
  it("comes back from JSON", () => {
    fc.assert(
      fc.property(anyType, (type) => expect(typesEqual(decodeType(JSON.parse(JSON.stringify(encodeType(type)))), type)).toBe(true)),
    );
  });
});

describe("any number", () => {
  it("has the value of its text", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.integer({ min: -400, max: 400 }), (digits, exponent) => {
        const value = parseNumber(`${digits}e${exponent}`);
        const text = numberText(value);
        expect(text).toMatch(/^-?\d+(\.\d+)?$/);
        expect(parseNumber(text)).toStrictEqual(value);
        const [whole = "", fraction = ""] = text.split(".");
        const scaled = BigInt(whole + fraction.padEnd(400, "0"));
        expect(scaled).toBe(digits * 10n ** BigInt(exponent + 400));
      }),
    );
  });

  it("is a JavaScript number exactly if that has the same text", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) =>
        expect(parseNumber(numberText(value))).toBe(value === 0 ? 0 : value),
      ),
    );
  });

  it("compares as whole numbers do", () => {
    fc.assert(
      fc.property(fc.bigInt(), fc.bigInt(), fc.integer({ min: -30, max: 30 }), (a, b, exponent) => {
        const sign = Math.sign(compareNumbers(parseNumber(`${a}e${exponent}`), parseNumber(`${b}e${exponent}`)));
        expect(sign).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
    );
  });
});

describe("any bytes", () => {
  const expectValueOrCtyError = (decode: () => Value): Value | CtyError => {
    try {
      return decode();
    } catch (error) {
      expect(error).toBeInstanceOf(CtyError);
      return error as CtyError;
    }
  };

  it("are a value or a CtyError", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), anyType, (bytes, type) => {
        expectValueOrCtyError(() => decodeMsgpack(bytes, type));
        expectValueOrCtyError(() => decodeJson(bytes, type));
      }),
      { numRuns: 1000 },
    );
  });

  it("that were a value before they got damaged are a value of the type or a CtyError", () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(typedValue, damage, fc.option(fc.nat()), ({ type, value }, changes, cut) => {
        const bytes = Buffer.from(encodeMsgpack(value, type));
        for (const [position, byte] of changes) bytes[position % bytes.length] = byte;
        const damaged = cut === null ? bytes : bytes.subarray(0, cut % bytes.length);
        const decoded = expectValueOrCtyError(() => decodeMsgpack(damaged, type));
        if (decoded instanceof CtyError) return;
        deepStrictEqual(decodeMsgpack(encodeMsgpack(decoded, type), type), decoded);
      }),
      { numRuns: 3000 },
    );
  });

  it("that were JSON before they got damaged are a value or a CtyError, and never what JSON.parse refuses", () => {
    const damage = fc.array(fc.tuple(fc.nat(), fc.constantFrom(...'{}[]",:\\0e-.ntf \n\u0000')), { minLength: 1, maxLength: 2 });
    fc.assert(
      fc.property(typedKnownValue, damage, ({ type, value }, changes) => {
        let text = encodeJson(value, type);
        for (const [position, character] of changes)
          text = text.slice(0, position % text.length) + character + text.slice((position % text.length) + 1);
        const decoded = expectValueOrCtyError(() => decodeJson(text, type));
        if (!(decoded instanceof CtyError)) expect(() => JSON.parse(text)).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });
});

function expectSame(found: unknown, value: Value, type: Type): void {
  if (value === unknown) {
    expect(found).toEqual(new ExtData(0, new Uint8Array(1)));
  } else if (value instanceof DynamicValue) {
    const [own, inner] = found as [Uint8Array, unknown];
    expect(typesEqual(decodeType(JSON.parse(Buffer.from(own).toString())), value.type)).toBe(true);
    expectSame(inner, value.value, value.type);
  } else if (typeof value === "number" || value instanceof Decimal) {
    expect(parseNumber(String(found))).toStrictEqual(value);
  } else if (Array.isArray(value)) {
    expect(found).toHaveLength(value.length);
    for (const [index, element] of value.entries()) expectSame((found as unknown[])[index], element, elementType(type, index));
  } else if (value !== null && typeof value === "object") {
    const members = value as ValueObject;
    expect(Object.keys(found as object).sort()).toEqual(Object.keys(members).sort());
    for (const [name, member] of Object.entries(members))
      expectSame((found as Record<string, unknown>)[name], member, memberType(type, name));
  } else {
    expect(found).toBe(value);
  }
}

function elementType(type: Type, index: number): Type {
  if (type.kind === "list" || type.kind === "set") return type.element;
  const element = type.kind === "tuple" ? type.elements[index] : undefined;
  if (!element) throw new Error("the type has no elements");
  return element;
}

function memberType(type: Type, name: string): Type {
  if (type.kind === "map") return type.element;
  const attribute = type.kind === "object" ? type.attributes[name] : undefined;
  if (!attribute) throw new Error("the type has no members");
  return attribute;
}
