import { CUTS, countRequests, cutAt, OPERATIONS, type Outcome } from "../support/crash-matrix.js";
import { useSandbox } from "../support/server.js";

let now = Date.parse("2031-01-01T00:00:00.000Z");
const server = useSandbox({ now: () => new Date(now) });
const outcomes: Outcome[] = [];
const world = {
  server,
  advance: (milliseconds: number) => {
    now += milliseconds;
  },
};

test.each(OPERATIONS)("$name survives a kill and a lost connection at each of its requests", async (operation) => {
  const requests = await countRequests(world, operation);
  for (const cut of CUTS) for (let index = 0; index < requests; index++) outcomes.push(await cutAt(world, operation, cut, index));
});

afterAll(() => {
  const left = outcomes.filter(({ orphans }) => orphans > 0);
  console.log(
    [
      `${outcomes.length} cuts, ${left.length} of which left a key over:`,
      ...left.map(({ operation, cut, request }) => `  ${operation}: ${cut} ${request}`),
    ].join("\n"),
  );
});
