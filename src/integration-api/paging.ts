import type * as z from "zod";
import type { Endpoint } from "./endpoint.js";
import type { HttpClient } from "./http-client.js";

/** The server's own default, and what a short page is measured against. */
export const PAGE_SIZE = 1000;

/**
 * All rows of a list with `limit` and `offset`: until a short page, since the server's `total` is the number of rows in
 * the answer. Rows that come again, because others were deleted meanwhile, count once; a page of nothing new ends it.
 */
export async function listAll<D extends z.ZodType, Row>(
  client: HttpClient,
  endpoint: Endpoint<unknown, D>,
  params: Readonly<Record<string, string>>,
  rowsOf: (data: z.output<D>) => readonly Row[],
  idOf: (row: Row) => string,
): Promise<{ readonly rows: Row[]; readonly date: number | undefined }> {
  const found = new Map<string, Row>();
  let firstDate: number | undefined;
  for (let offset = 0; ; offset += PAGE_SIZE) {
    const { data, date } = await client.call(endpoint, { params, query: { limit: PAGE_SIZE, offset } });
    const rows = rowsOf(data);
    if (offset === 0) firstDate = date;
    const before = found.size;
    for (const row of rows) found.set(idOf(row), row);
    if (rows.length < PAGE_SIZE || found.size === before) return { rows: [...found.values()], date: firstDate };
  }
}
