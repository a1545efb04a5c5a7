import { countRequests, cutAt, OPERATIONS } from "../support/crash-matrix.js";
import { useServer } from "../support/server.js";

/** A part of the matrix of `npm run test:long`: each operation, cut after its last write but one way. */
let now = Date.parse("2031-01-01T00:00:00.000Z");
const server = useServer({ now: () => new Date(now) });
const world = {
  server,
  advance: (milliseconds: number) => {
    now += milliseconds;
  },
};

test.each(OPERATIONS)("$name survives a kill and a lost answer at its last request", async (operation) => {
  const last = (await countRequests(world, operation)) - 1;
  for (const cut of ["kill-after", "reset-after"] as const) expect(await cutAt(world, operation, cut, last)).toMatchObject({ cut });
});
