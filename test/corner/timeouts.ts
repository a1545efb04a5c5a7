import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { optional, resource, timeouts } from "../../src/bridge/sdk.js";

const schema = z.object({
  timeouts: optional(timeouts({ create: null }), "How long to wait."),
});

/** With CORNER_CREATE_MS the object takes as long as that to be made. */
export const timeoutsResource = resource<unknown>()<typeof schema.shape>({
  description: "Has timeouts.",
  schema,
  create: async ({ planned, signal }) => {
    await sleep(Number(process.env.CORNER_CREATE_MS ?? 0), undefined, { signal });
    return planned;
  },
  update: async ({ planned }) => planned,
  read: async ({ state }) => state,
  delete: async () => {},
});
