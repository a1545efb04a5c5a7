import * as z from "zod";
import { block, computed, optional, required, resource, timeouts } from "../../../src/bridge/sdk.js";
import { apply, plan, summaries } from "./harness.js";

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

const patient = z.object({
  name: required(z.string(), "A name.", { replace: true }),
  changed: computed(z.string(), "When it was changed."),
  timeouts: block(timeouts({ create: null }), "How long to wait."),
});
const called: string[] = [];
const thing = (updates: boolean) =>
  resource<unknown>()<typeof patient.shape>({
    description: "A thing.",
    schema: patient,
    create: async ({ planned }) => {
      called.push("create");
      return { ...planned, changed: "now" } as never;
    },
    read: async ({ state }) => state,
    ...(updates && {
      update: async ({ planned }) => {
        called.push("update");
        return { ...planned, changed: "now" } as never;
      },
    }),
    delete: async () => {},
  });

test.each([true, false])("where only the timeouts change, nothing is replaced, called or unknown (with an update: %s)", async (updates) => {
  const prior = { name: "one", changed: "then", timeouts: null };
  const config = { name: "one", changed: null, timeouts: { create: "1h" } };
  const planned = await plan(thing(updates), config, prior);
  expect(planned).toMatchObject({ planned: { ...prior, timeouts: { create: "1h" } }, requiresReplace: [], diagnostics: [] });
  expect(await apply(thing(updates), config, prior, planned.planned)).toMatchObject({ state: planned.planned, diagnostics: [] });
  expect(called).toEqual([]);
});

test("where something else changes as well, that decides", async () => {
  const prior = { name: "one", changed: "then", timeouts: null };
  const config = { name: "two", changed: null, timeouts: { create: "1h" } };
  const { requiresReplace } = await plan(thing(false), config, prior);
  expect(requiresReplace).toEqual([[{ kind: "attribute", name: "name" }]]);
});
