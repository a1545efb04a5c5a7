import * as z from "zod";

const UNITS = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 } as const;
const FORM = /^(\d+[dhms])+$/;
/** Longest duration: the resulting dates keep a year of four digits, as RFC 3339 requires. */
const MAX_DAYS = 2_500_000;

/** `90d`, `12h`, `1h30m`, `30s`: integers with a unit. */
export const duration = () =>
  z.string().check((context) => {
    const { value } = context;
    const message =
      problemOfForm(value) ??
      (milliseconds(value) > MAX_DAYS * UNITS.d ? `"${value}" is longer than the longest duration, which is ${MAX_DAYS}d` : undefined);
    if (message !== undefined) context.issues.push({ code: "custom", input: value, message });
  });

/** undefined: the text is a duration, however long. */
export const problemOfForm = (text: string): string | undefined =>
  FORM.test(text) ? undefined : `"${text}" is not a duration. Write days, hours, minutes and seconds such as 90d, 12h, 1h30m or 30s`;

/** Milliseconds of a duration; the text is known to be one. */
export function milliseconds(text: string): number {
  let total = 0;
  for (const [, amount, unit] of text.matchAll(/(\d+)([dhms])/g)) total += Number(amount) * UNITS[unit as keyof typeof UNITS];
  return total;
}

/** RFC 3339 in UTC: a time and a duration after it. */
export const after = (time: string, text: string): string => new Date(Date.parse(time) + milliseconds(text)).toISOString();
