import type * as z from "zod";
import { customText } from "./custom-text.js";

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:[.,](\d+))?(Z|[+-](\d{2}):(\d{2}))$/;
const UTC = /(?:Z|[+-]00:00)$/;

/** An RFC 3339 timestamp such as 2006-01-02T15:04:05Z. The three notations of UTC are equal. */
export const rfc3339 = (): z.ZodString =>
  customText({
    invalid: "Invalid RFC3339 String Value",
    expected: "A moment in the form of RFC 3339 is expected, such as 2006-01-02T15:04:05Z or 2006-01-02T15:04:05+07:00",
    accepts: isMoment,
    semanticEquals: (one, other) => one.replace(UTC, "Z") === other.replace(UTC, "Z"),
  });

function isMoment(text: string): boolean {
  const [, year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, , , offsetHour = 0, offsetMinute = 0] = (
    RFC3339.exec(text) ?? []
  ).map(Number);
  if (!RFC3339.test(text) || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return false;
  if (offsetHour > 23 || offsetMinute > 59) return false;
  // setUTCFullYear, since Date.UTC takes the years before 100 for those of the last century.
  const lastDay = new Date(0);
  lastDay.setUTCFullYear(year, month, 0);
  return day >= 1 && day <= lastDay.getUTCDate();
}

/** Milliseconds. */
const UNITS: Readonly<Record<string, number>> = { ns: 1e-6, us: 1e-3, µs: 1e-3, μs: 1e-3, ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };
/** No digit can be taken by two parts of it: an expression that tries both takes quadratic time. */
const NUMBER_AND_UNIT = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/y;

/** A Go duration: `90s`, `1h30m`. Compared by its length: `60m` equals `1h`. */
export const goDuration = (): z.ZodString =>
  customText({
    invalid: "Invalid Time Duration String Value",
    expected: "A duration is expected: numbers with a unit (ns, us, ms, s, m or h), such as 300ms, 90s or 1h30m",
    accepts: (text) => millisecondsOf(text) !== undefined,
    semanticEquals: (one, other) => millisecondsOf(one) === millisecondsOf(other),
  });

/** Length of a Go duration in milliseconds, or undefined if the string is invalid. */
export function millisecondsOf(text: string): number | undefined {
  const unsigned = text.replace(/^[+-]/, "");
  if (unsigned === "0") return 0;
  let sum = 0;
  let at = 0;
  while (at < unsigned.length) {
    NUMBER_AND_UNIT.lastIndex = at;
    const [all, number, unit] = NUMBER_AND_UNIT.exec(unsigned) ?? [];
    if (all === undefined) return undefined;
    sum += Number(number) * (UNITS[unit ?? ""] ?? Number.NaN);
    at += all.length;
  }
  return at === 0 ? undefined : text.startsWith("-") ? -sum : sum;
}
