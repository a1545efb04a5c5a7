import * as z from "zod";
import { pathToString } from "../../../src/bridge/cty/index.js";
import { computed, optional, required, resource, setOf } from "../../../src/bridge/sdk.js";
import { plan, unknown } from "./harness.js";

const fail = async (): Promise<never> => {
  throw new Error("a plan writes nothing");
};

const member = z.object({
  key: required(z.string(), "A key.", { replace: true }),
  size: optional(z.number(), "A size."),
  id: computed(z.string(), "An id.", { useStateForUnknown: true }),
});
const holder = resource<unknown>()({
  description: "A thing.",
  schema: z.object({
    one: optional(member, "One."),
    list: optional(z.array(member), "A list."),
    set: optional(setOf(member), "A set."),
    map: optional(z.record(z.string(), member), "A map."),
  }),
  create: fail,
  update: fail,
  read: fail,
  delete: async () => {},
});
const nothing = { one: null, list: null, set: null, map: null };
const a = { key: "a", size: null, id: null };
const b = { ...a, key: "b" };
const resized = { ...a, size: 1 };
const storedA = { ...a, id: "1" };
const planOf = async (config: object, prior: object, proposed: object) => {
  const { planned, requiresReplace } = await plan(holder, { ...nothing, ...config }, { ...nothing, ...prior }, { ...nothing, ...proposed });
  return { ...planned, replace: requiresReplace.map(pathToString) };
};

test("a new member has nothing to keep, beside one that has", async () => {
  const prior = { list: [storedA], set: [storedA], map: { a: storedA } };
  const config = { one: a, list: [a, b], set: [b, a], map: { a, b } };
  const proposed = { one: a, list: [storedA, b], set: [b, storedA], map: { a: storedA, b } };
  const [keptA, newB] = [storedA, { ...b, id: unknown }];
  expect(await planOf(config, prior, proposed)).toMatchObject({
    one: { ...a, id: unknown },
    list: [keptA, newB],
    set: [newB, keptA],
    map: { a: keptA, b: newB },
  });
});

test("what cannot be changed in place replaces at every depth, and a set does so for what no member was", async () => {
  const all = (member: object) => ({ one: member, list: [member], set: [member], map: { k: member } });
  expect((await planOf(all(b), all(storedA), all(b))).replace).toEqual(["list[0].key", 'map["k"].key', "one.key", "set"]);
  expect((await planOf(all(resized), all(storedA), all(resized))).replace).toEqual([]);
  expect((await planOf({ set: [a] }, { set: [{ ...b, id: "2" }, storedA] }, { set: [storedA] })).replace).toEqual([]);
  expect((await planOf({ list: [a, b] }, { list: [storedA] }, { list: [storedA, b] })).replace).toEqual(["list[1].key"]);
});

test("members of a large set find what they were in whatever order", async () => {
  const numbers = Array.from({ length: 20_000 }, (_, index) => index);
  const stored = numbers.map((index) => ({ key: String(index), size: null, id: `id-${index}` }));
  const config = numbers.map((index) => ({ key: String(index), size: null, id: null }));
  expect(await planOf({ set: config }, { set: stored.toReversed() }, { set: stored })).toMatchObject({ set: stored, replace: [] });
});
