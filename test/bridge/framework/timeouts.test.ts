import * as z from "zod";
import { optional, resource, timeouts } from "../../../src/bridge/sdk.js";
import { apply, summaries } from "./harness.js";

const schema = z.object({ timeouts: optional(timeouts({ create: null }), "How long to wait.") });

/** Is made after a moment, unless it is told to stop before. */
const slow = resource<unknown>()<typeof schema.shape>({
  description: "A thing.",
  schema,
  create: ({ planned, signal }) =>
    new Promise((resolve, reject) => {
      const made = setTimeout(() => resolve(planned), 20);
      signal.addEventListener("abort", () => {
        clearTimeout(made);
        reject(new Error("aborted"));
      });
    }),
  read: async ({ state }) => state,
  update: async ({ planned }) => planned,
  delete: async () => {},
});

const created = async (create: string) => {
  const values = { timeouts: { create } };
  const { diagnostics } = await apply(slow, values, null, values);
  return summaries(diagnostics);
};

test.each(["600h", "9999999999h", "1h"])("%s is longer than a moment, although no timer of Node.js waits for years", async (duration) => {
  expect(await created(duration)).toEqual([]);
});

test.each(["1.5ns", "100us", "-1h"])(
  "%s is a duration, although it is no whole number of milliseconds, or none at all",
  async (duration) => {
    expect(await created(duration)).toEqual(["error: Timed out (timeouts.create)"]);
  },
);
