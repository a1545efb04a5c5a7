import { type ApiKeyRow, IntegrationApi } from "../../src/integration-api/index.js";
import { type Asked, fakeServer, success, type Told } from "./fake-server.js";

const row = (index: number): ApiKeyRow => ({
  apiKeyId: `k${index}`,
  orgId: "acme",
  lastChars: "abcd",
  createdAt: "2031-01-01T00:00:00.000Z",
  name: "n",
});
const rows = (count: number): ApiKeyRow[] => Array.from({ length: count }, (_, index) => row(index));
const pageOf = ({ url }: Asked) => {
  const { searchParams } = new URL(url, "http://x");
  return { limit: Number(searchParams.get("limit")), offset: Number(searchParams.get("offset")) };
};
/** As the real server pages: `total` is the number of rows in the answer. */
const answer = (page: readonly ApiKeyRow[], pagination: object = {}): Told => ({
  body: success({ apiKeys: page, pagination: { total: page.length, limit: 1000, offset: 0, ...pagination } }),
});

async function list(tell: (page: { readonly limit: number; readonly offset: number }, request: number) => Told) {
  let request = 0;
  const server = await fakeServer((asked) => tell(pageOf(asked), ++request));
  const api = new IntegrationApi({
    endpoint: server.endpoint,
    apiKey: "a.b",
    requestTimeoutMs: 5_000,
    maxRetries: 0,
    maxConcurrentRequests: 1,
    userAgent: "test",
  });
  const found = await api.listApiKeys("acme").then(
    (listing) => [...listing.rows.keys()],
    (error: unknown) => error,
  );
  await server.close();
  return { found, offsets: server.asked.map((asked) => pageOf(asked).offset) };
}
const ids = (all: readonly ApiKeyRow[]) => all.map(({ apiKeyId }) => apiKeyId);

test.each([
  [0, [0]],
  [1, [0]],
  [999, [0]],
  [1000, [0, 999]],
  [1001, [0, 999]],
  [1999, [0, 999, 1998]],
  [2001, [0, 999, 1998]],
])("%i rows are read with the offsets %j", async (count, expected) => {
  const all = rows(count);
  const { found, offsets } = await list(({ limit, offset }) => answer(all.slice(offset, offset + limit)));
  expect(found).toEqual(ids(all));
  expect(offsets).toEqual(expected);
});

test.each([0, 500, 999])(
  "a thousand and one rows, of which row %i is deleted between the pages: every living row is found",
  async (gone) => {
    let all = rows(1001);
    const { found } = await list(({ limit, offset }, request) => {
      if (request === 2) all = all.filter(({ apiKeyId }) => apiKeyId !== `k${gone}`);
      return answer(all.slice(offset, offset + limit));
    });
    expect(found).toEqual(ids(all));
  },
);

test("a deletion after the page's end is no reason to read again, and a new row is found", async () => {
  let all = rows(1002);
  const { found, offsets } = await list(({ limit, offset }, request) => {
    if (request === 2) all = [...all.filter(({ apiKeyId }) => apiKeyId !== "k1001"), row(2000)];
    return answer(all.slice(offset, offset + limit));
  });
  expect(found).toEqual(ids(all));
  expect(offsets).toEqual([0, 999]);
});

test("all rows but a page's worth are deleted between the pages", async () => {
  let all = rows(1500);
  const { found } = await list(({ limit, offset }, request) => {
    if (request === 2) all = all.slice(0, 10);
    return answer(all.slice(offset, offset + limit));
  });
  expect(found).toEqual(ids(rows(10)));
});

test.each<[string, (page: { readonly limit: number; readonly offset: number }, request: number) => Told, string]>([
  [
    "a list whose rows are deleted at each reading",
    ({ limit, offset }, request) => answer(rows(3000).slice(request + offset, request + offset + limit)),
    "rows were deleted",
  ],
  ["a server that sends the same full page for ever", () => answer(rows(1000)), "rows were deleted"],
  ["a page that is short of its own total", () => answer(rows(3), { total: 5 }), "it has 5 rows"],
  ["a row that comes twice", () => answer([row(1), row(2), row(1)]), "twice"],
  ["a limit of one row", ({ offset }) => answer(rows(9).slice(offset, offset + 1), { limit: 1 }), "do not get on"],
])("%s is an error after a few readings, and no end of the list", async (_, tell, why) => {
  const { found, offsets } = await list(tell);
  expect(found).toMatchObject({ code: "unexpected_answer", message: expect.stringContaining(why) });
  expect(offsets.filter((offset) => offset === 0).length).toBeGreaterThanOrEqual(5);
});

test("a server with a smaller limit than asked for is read page by page", async () => {
  const all = rows(250);
  const { found, offsets } = await list(({ offset }) => answer(all.slice(offset, offset + 100), { limit: 100 }));
  expect(found).toEqual(ids(all));
  expect(offsets).toEqual([0, 99, 198]);
});

test("a total of all rows is believed where it says that there are more", async () => {
  const all = rows(1001);
  const { found } = await list(({ limit, offset }) => answer(all.slice(offset, offset + limit), { total: 1001 }));
  expect(found).toEqual(ids(all));
});
