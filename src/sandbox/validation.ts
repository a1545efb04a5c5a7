import * as z from "zod";
import { refuse } from "./answers.js";
import type { Request } from "./route.js";

/** Parses as the real server does; all faults in one text, in the schema's order. */
export function validate<Z extends z.ZodType>(schema: Z, input: unknown): z.output<Z> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  return refuse(400, `Validation error: ${result.error.issues.map(faultOf).join("; ")}`);
}

/** The real server's zod is 4.4, to which an infinite number is a number still. */
const faultOf = ({ message, path }: z.core.$ZodIssue): string =>
  message.replace(/received -?Infinity$/, "received number") + (path.length > 0 ? ` at "${pathText(path)}"` : "");

const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");

/** As long as the server counts: in UTF-16 units, of which an emoji has two; zod counts an emoji as one. */
export const atMost =
  (units: number): z.core.CheckFn<string> =>
  ({ value, issues }) => {
    if (value.length > units)
      issues.push({ code: "custom", message: `Too big: expected string to have <=${units} characters`, input: value });
  };

export const name = () => z.string().min(1).check(atMost(255));

const limitOffset = z.strictObject({
  limit: z.string().optional().default("1000").transform(Number).pipe(z.int().positive()),
  offset: z.string().optional().default("0").transform(Number).pipe(z.int().nonnegative()),
});

/** `limit` and `offset` as most lists have them; anything else is refused, or dropped by earlier servers. */
export const pageOf = ({ query, server }: Pick<Request, "query" | "server">): z.output<typeof limitOffset> =>
  validate(server.refusesUnknownParameters ? limitOffset : limitOffset.strip(), query);

/** An update of most things is to say at least one. */
export function changesSomething(body: unknown): void {
  if (Object.keys(body as object).length === 0) refuse(400, "Validation error: At least one field must be provided for update");
}
