/** Digits of a plain decimal text beyond which an exponent is written instead. Terraform's own numbers have 512 bits, so 155 digits. */
const PLAIN_DIGITS = 4096;

/** Exponents past this are refused: no configuration means them, and a plain text of them would fill the memory. */
const MAX_EXPONENT = 1_000_000;

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,9}))?$/;

/**
 * An exact decimal number that no JavaScript number stands for: its value is not the shortest decimal text of one.
 * `digits` has no zero at either end, and the value is `digits * 10 ** exponent`.
 */
export class Decimal {
  constructor(
    readonly negative: boolean,
    readonly digits: string,
    readonly exponent: number,
  ) {}

  /** Plain decimal text; with an exponent only where that would be absurdly long. */
  toString(): string {
    return plainText(this) ?? `${this.negative ? "-" : ""}${this.digits}e${this.exponent}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

export type CtyNumber = number | Decimal;

/** The number of a decimal text: a JavaScript number where one has exactly this value as its shortest text. Throws for anything else than a number. */
export function parseNumber(text: string): CtyNumber {
  const parsed = parts(text);
  if (!parsed) throw new RangeError("it is not a decimal number");
  const candidate = Number(text);
  if (Number.isFinite(candidate) && (parsed.digits === "" || sameParts(parts(String(candidate)), parsed))) return candidate === 0 ? 0 : candidate;
  if (Math.abs(parsed.exponent) > MAX_EXPONENT) throw new RangeError("its exponent is too large");
  return parsed;
}

/** The number that a binary64 value of the wire stands for: its exact value, which has more digits than its shortest text. */
export function exactNumber(value: number): CtyNumber {
  const exact = exactParts(value);
  return exact === undefined || sameParts(parts(String(value)), exact) ? (value === 0 ? 0 : value) : exact;
}

/** A JavaScript number whose binary64 value is exactly the number's, if there is one. */
export function asExactFloat(value: CtyNumber): number | undefined {
  const wanted = value instanceof Decimal ? value : parts(String(value));
  const candidate = value instanceof Decimal ? Number(`${value.digits}e${value.exponent}`) * (value.negative ? -1 : 1) : value;
  if (!Number.isFinite(candidate)) return undefined;
  if (candidate === 0) return wanted?.digits ? undefined : 0;
  return sameParts(exactParts(candidate), wanted) ? candidate : undefined;
}

/** The whole number as a bigint; undefined where it has a fraction or is too long to be meant. */
export function asInteger(value: CtyNumber): bigint | undefined {
  if (typeof value === "number" && Number.isSafeInteger(value)) return BigInt(value);
  const wanted = value instanceof Decimal ? value : parts(String(value));
  if (!wanted || wanted.exponent < 0 || wanted.digits.length + wanted.exponent > PLAIN_DIGITS) return undefined;
  const magnitude = BigInt(wanted.digits + "0".repeat(wanted.exponent));
  return wanted.negative ? -magnitude : magnitude;
}

export const numbersEqual = (a: CtyNumber, b: CtyNumber): boolean =>
  a instanceof Decimal && b instanceof Decimal ? sameParts(a, b) : a === b;

/** Plain decimal text of a number, as Terraform writes it. */
export function numberText(value: CtyNumber): string {
  if (value instanceof Decimal) return value.toString();
  const text = String(value);
  return text.includes("e") ? (plainText(parts(text)) ?? text) : text;
}

function parts(text: string): Decimal | undefined {
  const match = NUMBER.exec(text);
  if (!match) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return undefined;
  const all = (whole + fraction).replace(/^0+/, "");
  const digits = all.replace(/0+$/, "");
  if (digits === "") return new Decimal(false, "", 0);
  return new Decimal(sign === "-", digits, Number(exponent) - fraction.length + (all.length - digits.length));
}

/** Binary64 exactly: mantissa times a power of two, and a power of two below one is a power of five over a power of ten. */
function exactParts(value: number): Decimal | undefined {
  const [high, low] = new Uint32Array(new Float64Array([value]).buffer).reverse() as unknown as [number, number];
  const biased = (high >>> 20) & 0x7ff;
  if (biased === 0x7ff) return undefined;
  const mantissa = (BigInt(high & 0xfffff) << 32n) | BigInt(low) | (biased === 0 ? 0n : 1n << 52n);
  const power = (biased === 0 ? 1 : biased) - 1075;
  const text = power >= 0 ? String(mantissa << BigInt(power)) : `${mantissa * 5n ** BigInt(-power)}e${power}`;
  return parts(value < 0 ? `-${text}` : text);
}

const sameParts = (a: Decimal | undefined, b: Decimal | undefined): boolean =>
  a !== undefined && b !== undefined && a.negative === b.negative && a.exponent === b.exponent && a.digits === b.digits;

function plainText(value: Decimal | undefined): string | undefined {
  if (!value || value.digits.length + Math.abs(value.exponent) > PLAIN_DIGITS) return undefined;
  const { digits, exponent } = value;
  const sign = value.negative ? "-" : "";
  if (digits === "") return "0";
  if (exponent >= 0) return sign + digits + "0".repeat(exponent);
  const point = digits.length + exponent;
  return point > 0 ? `${sign}${digits.slice(0, point)}.${digits.slice(point)}` : `${sign}0.${"0".repeat(-point)}${digits}`;
}
