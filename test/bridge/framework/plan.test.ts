import * as z from "zod";
import { computed, optional, optionalComputed, required, resource, setOf } from "../../../src/bridge/sdk.js";
import { plan, summaries, unknown } from "./harness.js";

const schema = z.object({
  name: required(z.string().min(2, "too short"), "A name."),
  place: required(z.string(), "A place.", { replace: true }),
  note: optional(z.string(), "A note."),
  size: optionalComputed(z.number(), "A size.", { default: 3 }),
  colour: optionalComputed(z.string(), "A colour.", { useStateForUnknown: true }),
  tags: optional(setOf(z.string()), "Tags."),
  id: computed(z.string(), "An id.", { useStateForUnknown: true }),
  changed_at: computed(z.string(), "When it changed."),
});
type S = typeof schema.shape;

const thing = resource<unknown>()<S>({
  description: "A thing.",
  schema,
  create: async () => fail(),
  update: async () => fail(),
  read: async ({ state }) => state,
  delete: async () => {},
});
const fail = (): never => {
  throw new Error("a plan writes nothing");
};

const config = { name: "one", place: "here", note: null, size: null, colour: null, tags: null, id: null, changed_at: null };
const prior = { ...config, size: 3, colour: "red", id: "1", changed_at: "then" };

test("a create plans defaults, and leaves open what the provider decides", async () => {
  const { planned, requiresReplace, diagnostics } = await plan(thing, config);
  expect(planned).toEqual({ ...config, size: 3, colour: unknown, id: unknown, changed_at: unknown });
  expect(requiresReplace).toEqual([]);
  expect(diagnostics).toEqual([]);
});

test("where nothing differs nothing is open", async () => {
  const { planned } = await plan(thing, config, prior);
  expect(planned).toEqual(prior);
});

test("a change keeps what an update does not touch, and opens the rest", async () => {
  const { planned, requiresReplace } = await plan(thing, { ...config, name: "two" }, prior);
  expect(planned).toEqual({ ...prior, name: "two", changed_at: unknown });
  expect(requiresReplace).toEqual([]);
});

test("configuration wins over the default and over what was kept", async () => {
  const { planned } = await plan(thing, { ...config, size: 9, colour: "blue" }, prior);
  expect(planned).toMatchObject({ size: 9, colour: "blue" });
});

test("an argument that is taken away falls back to its default, or stays as it is", async () => {
  const { planned } = await plan(thing, config, { ...prior, size: 9, colour: "blue" });
  expect(planned).toMatchObject({ size: 3, colour: "blue" });
});

test("what cannot be changed in place replaces", async () => {
  const { requiresReplace } = await plan(thing, { ...config, place: "there" }, prior);
  expect(requiresReplace).toEqual([[{ kind: "attribute", name: "place" }]]);
});

test("sets are compared as sets", async () => {
  const { planned } = await plan(thing, { ...config, tags: ["b", "a"] }, { ...prior, tags: ["a", "b"] });
  expect(planned).toMatchObject({ changed_at: "then" });
});

test("unknown configuration stays unknown", async () => {
  const { planned } = await plan(thing, { ...config, name: unknown }, prior);
  expect(planned).toMatchObject({ name: unknown, id: "1", changed_at: unknown });
});

test("a resource changes its own plan, and Terraform's rules hold for it", async () => {
  const modified = (change: (planned: Record<string, unknown>) => void) => {
    const modifying = { ...thing, plan: ({ planned }: { planned: Record<string, unknown> }) => change(planned) };
    return plan(modifying as never, config, prior);
  };
  expect((await modified((planned) => Object.assign(planned, { colour: "green" }))).planned).toMatchObject({ colour: "green" });
  const broken = await modified((planned) => Object.assign(planned, { name: "other" }));
  expect(summaries(broken.diagnostics)).toEqual(["error: Provider produced an invalid plan (name)"]);
  expect(broken.diagnostics[0]?.detail).toContain("test_thing planned another value for name");
  const misfit = await modified((planned) => Object.assign(planned, { size: "large" }));
  expect(summaries(misfit.diagnostics)).toEqual(["error: Provider produced an invalid plan (size)"]);
});

test("a resource without an update replaces whatever is changed", async () => {
  const { update: _update, ...without } = thing;
  const { requiresReplace } = await plan(without as never, { ...config, note: "new" }, prior);
  expect(requiresReplace).toEqual([[{ kind: "attribute", name: "note" }]]);
});

test("an error that a plan throws is a diagnostic, and a mistake of its author is told as one", async () => {
  const throwing = { ...thing, plan: fail } as never;
  const { diagnostics } = await plan(throwing, config);
  expect(summaries(diagnostics)).toEqual(["error: Unexpected error in the provider"]);
  expect(diagnostics[0]?.detail).toContain("a plan writes nothing");
});
