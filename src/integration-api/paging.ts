import * as z from "zod";
import type { Endpoint } from "./endpoint.js";
import { IntegrationApiError } from "./errors.js";
import type { HttpClient } from "./http-client.js";

/** The server's own default. */
export const PAGE_SIZE = 1000;
/** Maximum number of attempts to read a list that changes meanwhile. */
const READINGS = 5;

const page = z.object({ pagination: z.object({ total: z.number(), limit: z.number() }).partial().optional().catch(undefined) });

interface List<Row> {
  /** In the server's order. */
  readonly rows: Row[];
  /** The server's time when the reading began, in milliseconds. */
  readonly date: number | undefined;
}

/**
 * All rows of a list with `limit` and `offset`, proven to be whole. The server lists in the order of creation and has no cursor, so a row that is
 * deleted between two pages moves the rows after it to the front, and one of them would be in neither page. So each page begins with the last row
 * of the page before it: where it does not, the list is read again from its start. A list of fewer than a thousand rows costs one request.
 *
 * A page ends the list only when it is shorter than its limit and no `total` says that there is more. The server's `total` is often the number of
 * rows in the answer, so it proves that rows are missing but never that none are. Throws `unexpected_answer` where no reading is whole.
 */
export async function listAll<D extends z.ZodType, Row>(
  client: HttpClient,
  endpoint: Endpoint<unknown, D>,
  params: Readonly<Record<string, string>>,
  rowsOf: (data: z.output<D>) => readonly Row[],
  idOf: (row: Row) => string,
): Promise<List<Row>> {
  let why = "";
  for (let reading = 1; reading <= READINGS; reading++) {
    const found = await readOnce(client, endpoint, params, rowsOf, idOf);
    if (typeof found !== "string") return found;
    why = found;
  }
  throw new IntegrationApiError(
    "unexpected_answer",
    `${endpoint.method} ${endpoint.path} gave no complete list in ${READINGS} readings: ${why}.`,
    "Rows are missing, so the list was not used. Run it again when nobody else changes the list, and report it if the problem remains.",
    { method: endpoint.method, path: endpoint.path },
  );
}

/** The list, or the reason why it is incomplete. */
async function readOnce<D extends z.ZodType, Row>(
  client: HttpClient,
  endpoint: Endpoint<unknown, D>,
  params: Readonly<Record<string, string>>,
  rowsOf: (data: z.output<D>) => readonly Row[],
  idOf: (row: Row) => string,
): Promise<List<Row> | string> {
  const found = new Map<string, Row>();
  const paged = { ...endpoint, data: z.intersection(endpoint.data, page) };
  let first: number | undefined;
  for (let last: Row | undefined; ; ) {
    const offset = Math.max(0, found.size - 1);
    const { data, date } = await client.call(paged, { params, query: { limit: PAGE_SIZE, offset } });
    const rows = rowsOf(data as z.output<D>);
    if (last === undefined) first = date;
    else if (rows[0] === undefined || idOf(rows[0]) !== idOf(last)) return "rows were deleted while its pages were read";
    const fresh = last === undefined ? rows : rows.slice(1);
    for (const row of fresh) {
      if (found.has(idOf(row))) return "a row came twice";
      found.set(idOf(row), row);
    }
    const { limit = PAGE_SIZE, total = 0 } = (data as z.output<typeof page>).pagination ?? {};
    if (rows.length < Math.min(limit, PAGE_SIZE)) {
      if (total > found.size) return `it has ${total} rows, and a page ended it after ${found.size}`;
      return { rows: [...found.values()], date: first };
    }
    if (fresh.length === 0) return "its pages do not get on";
    last = rows.at(-1);
  }
}
