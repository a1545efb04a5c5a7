/** Digits of a plain text beyond which an exponent is written instead. Terraform's own numbers have 512 bits, which is 155 digits. */
const PLAIN_DIGITS = 4096;

/** Exponents past this are refused: no configuration means them, and whoever wrote them out would fill the memory. */
const MAX_EXPONENT = 1_000_000;

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** A binary64 with more binary digits after the point than this has more decimal digits than its shortest text can have. */
const MAX_EXACT_FRACTION_BITS = 24;

/** `digits * 10 ** exponent`; `digits` has no zero at either end, and zero has none at all. */
interface Parts {
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;
}

/**
 * An exact decimal number that no JavaScript number stands for: its value is not the shortest decimal text of one.
 * `exactNumber`, `int64`, `float32` and `float64` read them; nobody else makes one.
 */
export class Decimal implements Parts {
  /** Whatever a bundler makes of the class: zod tells its users what it received by this. */
  static readonly name = "Decimal";
  readonly negative: boolean;
  readonly digits: string;
  readonly exponent: number;

  constructor(parts: Parts) {
    this.negative = parts.negative;
    this.digits = parts.digits;
    this.exponent = parts.exponent;
  }

  /** Plain decimal text; with an exponent only where that would be absurdly long. */
  toString(): string {
    return textOf(this);
  }

  /** The same text, since JSON's numbers are binary64 to most who read them. */
  toJSON(): string {
    return textOf(this);
  }
}

/** A number of Terraform. A JavaScript number means its shortest decimal text: `0.1` is one tenth, not the binary64 next to it. */
export type CtyNumber = number | Decimal;

/** NaN and the infinities are no numbers of Terraform. */
export const isCtyNumber = (value: unknown): value is CtyNumber => Number.isFinite(value) || value instanceof Decimal;

/** The number of a decimal text: a JavaScript number where one means exactly this. Throws RangeError for what is no number. */
export function parseNumber(text: string): CtyNumber {
  const parts = partsOf(text);
  if (!parts) throw new RangeError("it is not a decimal number");
  if (parts.digits === "") return 0;
  if (!(Math.abs(parts.exponent) <= MAX_EXPONENT)) throw new RangeError("its exponent is too large");
  const candidate = Number(text);
  return Number.isFinite(candidate) && sameParts(numberParts(candidate), parts) ? candidate : new Decimal(parts);
}

/**
 * The number that a finite binary64 on the wire means to Terraform: a whole one its exact value, any other one its shortest text.
 * Terraform compares whole numbers by value and all others by their text.
 */
export const numberOfFloat = (float: number): CtyNumber =>
  Number.isInteger(float) && !Number.isSafeInteger(float) ? parseNumber(String(BigInt(float))) : float === 0 ? 0 : float;

/** Whether the binary64 of a JavaScript number with a fraction has exactly the value that the number means. */
export const isExactFloat = (value: number): boolean =>
  Number.isInteger(value * 2 ** MAX_EXACT_FRACTION_BITS) && sameParts(partsOf(value.toFixed(MAX_EXACT_FRACTION_BITS)), numberParts(value));

/** The number as a bigint; undefined where it has a fraction or is too long to be meant as one. */
export function integerOf(value: CtyNumber): bigint | undefined {
  if (typeof value === "number") {
    if (Number.isSafeInteger(value)) return BigInt(value);
    if (!Number.isInteger(value)) return undefined;
  }
  const { negative, digits, exponent } = value instanceof Decimal ? value : numberParts(value);
  if (exponent < 0 || digits.length + exponent > PLAIN_DIGITS) return undefined;
  const magnitude = BigInt(digits + "0".repeat(exponent));
  return negative ? -magnitude : magnitude;
}

/** A JavaScript number and a {@link Decimal} are never equal, because each value has one form only. */
export const numbersEqual = (a: CtyNumber, b: CtyNumber): boolean =>
  a instanceof Decimal && b instanceof Decimal ? sameParts(a, b) : a === b;

/** Negative, zero or positive, as a sort wants it. */
export function compareNumbers(a: CtyNumber, b: CtyNumber): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const left = typeof a === "number" ? numberParts(a) : a;
  const right = typeof b === "number" ? numberParts(b) : b;
  if (signOf(left) !== signOf(right)) return signOf(left) - signOf(right);
  return left.negative ? compareMagnitudes(right, left) : compareMagnitudes(left, right);
}

/** Plain decimal text of a number, as Terraform writes it. */
export function numberText(value: CtyNumber): string {
  if (value instanceof Decimal) return value.toString();
  const text = String(value);
  return text.includes("e") ? textOf(numberParts(value)) : text === "-0" ? "0" : text;
}

function partsOf(text: string): Parts | undefined {
  const match = NUMBER.exec(text);
  if (!match) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return undefined;
  const all = (whole + fraction).replace(/^0+/, "");
  const digits = withoutZerosAtEnd(all);
  if (digits === "") return { negative: false, digits, exponent: 0 };
  return { negative: sign === "-", digits, exponent: Number(exponent) - fraction.length + all.length - digits.length };
}

function numberParts(value: number): Parts {
  const parts = partsOf(String(value));
  if (!parts) throw new RangeError("it is not a finite number");
  return parts;
}

/** A regular expression for this takes quadratic time. */
function withoutZerosAtEnd(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === "0") end--;
  return digits.slice(0, end);
}

const sameParts = (a: Parts | undefined, b: Parts | undefined): boolean =>
  a !== undefined && b !== undefined && a.negative === b.negative && a.exponent === b.exponent && a.digits === b.digits;

const signOf = (parts: Parts): number => (parts.digits === "" ? 0 : parts.negative ? -1 : 1);

/** The first digits weigh the same once the places before the point are, and a text that continues another is more. */
function compareMagnitudes(a: Parts, b: Parts): number {
  const places = a.digits.length + a.exponent - (b.digits.length + b.exponent);
  return places !== 0 ? places : a.digits < b.digits ? -1 : a.digits > b.digits ? 1 : 0;
}

function textOf({ negative, digits, exponent }: Parts): string {
  const sign = negative ? "-" : "";
  if (digits.length + Math.abs(exponent) > PLAIN_DIGITS) return `${sign}${digits}e${exponent}`;
  if (exponent >= 0) return sign + digits + "0".repeat(exponent);
  const point = digits.length + exponent;
  return point > 0 ? `${sign}${digits.slice(0, point)}.${digits.slice(point)}` : `${sign}0.${"0".repeat(-point)}${digits}`;
}
