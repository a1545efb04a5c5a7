import * as z from "zod";
import { type CtyNumber, type Decimal, integerOf, isCtyNumber } from "../../cty/index.js";
import { withTraits } from "./traits.js";

const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

/** A number of any size and precision: a JavaScript number if that has the same decimal digits, otherwise a {@link Decimal}. */
export const exactNumber = (): z.ZodType<number | Decimal> =>
  withTraits(
    z.custom<number | Decimal>((value) => isCtyNumber(value as never), "A number is expected"),
    { number: "exact" },
  );

/** A signed 64-bit integer: a {@link Decimal} if a JavaScript number would lose digits. */
export const int64 = (): z.ZodType<number | Decimal> =>
  withTraits(
    z.custom<number | Decimal>((value) => {
      if (!isCtyNumber(value as never)) return false;
      const whole = integerOf(value as number | Decimal);
      return whole !== undefined && whole >= MIN_INT64 && whole <= MAX_INT64;
    }, "A whole number of 64 bits is expected"),
    { number: "exact" },
  );

/** A float32. The digits of the configuration stay in the state as long as they mean the same float32. */
export const float32 = (): z.ZodType<number> => float("float32");

/** A float64. The digits of the configuration stay in the state as long as they mean the same float64. */
export const float64 = (): z.ZodType<number> => float("float64");

const float = (number: "float32" | "float64"): z.ZodType<number> =>
  withTraits(
    z.custom<number>((value) => Number.isFinite(value)),
    { number },
  );

/** How precise a number is that stands for one of Terraform's. */
export type Precision = "float32" | "float64";

const RANGES: Readonly<Record<Precision, { readonly smallest: number; readonly largest: number; readonly bits: number }>> = {
  float32: { smallest: 2 ** -149, largest: 2 ** 127 * (2 - 2 ** -23), bits: 32 },
  float64: { smallest: Number.MIN_VALUE, largest: Number.MAX_VALUE, bits: 64 },
};

/** What to say of a number that a precision has none near to; undefined where it has one. */
export function outOfRange(precision: Precision, value: CtyNumber): string | undefined {
  const { smallest, largest, bits } = RANGES[precision];
  const size = Math.abs(Number(value));
  return value === 0 || (size >= smallest && size <= largest) ? undefined : `A number in the range of ${bits} bits is expected`;
}
