import { setTimeout as sleep } from "node:timers/promises";
import * as z from "zod";
import { block, optional, type Resource, resource, setOf, timeouts } from "../../src/bridge/sdk.js";

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

const withBlock = z.object({
  slow: optional(setOf(z.string()), "What takes for ever."),
  timeouts: block(timeouts({ create: null, read: null, update: "10ms", delete: null }), "How long to wait."),
});
const FOR_EVER = 2 ** 31 - 1;

/** The Go provider has no such resource. */
export const timeoutsBlockResource: Resource = resource<unknown>()<typeof withBlock.shape>({
  description: "Has timeouts for all that it does.",
  schema: withBlock,
  create: async ({ planned, signal }) => {
    await done("create", planned.slow, signal);
    return planned as never;
  },
  update: async ({ planned, signal }) => {
    await done("update", planned.slow, signal);
    return planned as never;
  },
  read: async ({ state, signal }) => {
    await done("read", state.slow, signal);
    return state;
  },
  delete: ({ state, signal }) => done("delete", state.slow, signal),
});

async function done(operation: string, slow: readonly string[] | null, signal: AbortSignal): Promise<void> {
  if (slow?.includes(operation)) await sleep(FOR_EVER, undefined, { signal });
}
