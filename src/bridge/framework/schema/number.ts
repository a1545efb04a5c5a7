import * as z from "zod";
import { type Decimal, integerOf, isCtyNumber } from "../../cty/index.js";
import { withTraits } from "./traits.js";

const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

const declare = <T>(schema: z.ZodType<T>): z.ZodType<T> => withTraits(schema, { number: true });

/** A number of any size and precision: a JavaScript number where that has the same decimal text, otherwise a {@link Decimal}. */
export const exactNumber = (): z.ZodType<number | Decimal> =>
  declare(z.custom<number | Decimal>((value) => isCtyNumber(value as never), "A number is expected"));

/** A whole number of 64 bits with its sign. */
export const int64 = (): z.ZodType<number | Decimal> =>
  declare(
    z.custom<number | Decimal>((value) => {
      if (!isCtyNumber(value as never)) return false;
      const whole = integerOf(value as number | Decimal);
      return whole !== undefined && whole >= MIN_INT64 && whole <= MAX_INT64;
    }, "A whole number of 64 bits is expected"),
  );

const MAX_FLOAT32 = 2 ** 127 * (2 - 2 ** -23);
const MIN_FLOAT32 = 2 ** -149;

/** A number in the range of a binary32; its digits stay as they were written. */
export const float32 = (): z.ZodType<number | Decimal> => within(MIN_FLOAT32, MAX_FLOAT32, "A number in the range of 32 bits is expected");

/** A number in the range of a binary64; its digits stay as they were written. */
export const float64 = (): z.ZodType<number | Decimal> =>
  within(Number.MIN_VALUE, Number.MAX_VALUE, "A number in the range of 64 bits is expected");

const within = (smallest: number, largest: number, message: string): z.ZodType<number | Decimal> =>
  declare(
    z.custom<number | Decimal>((value) => {
      if (!isCtyNumber(value as never)) return false;
      const size = Math.abs(Number(String(value)));
      return value === 0 || (size >= smallest && size <= largest);
    }, message),
  );
