import * as z from "zod";
import { dynamic, number, object, string, type Value } from "../../../src/bridge/cty/index.js";
import { ProviderServer } from "../../../src/bridge/framework/provider-server.js";
import { closeEphemeralResource, openEphemeralResource } from "../../../src/bridge/framework/rpc/ephemeral-resource.js";
import {
  computed,
  customText,
  type EphemeralResource,
  ephemeralResource,
  optional,
  type PrivateState,
  type Provider,
  type Resource,
  required,
  resource,
  type State,
  setOf,
  unknown,
  type WriteContext,
} from "../../../src/bridge/sdk.js";
import { testProvider } from "../../support/provider.js";
import { Service, unwire, wire } from "../../support/service.js";
import { apply, plan, serverOf, summaries } from "./harness.js";

const nested = z.object({ key: required(z.string(), "A key."), secret: optional(z.string(), "A secret.", { writeOnly: true }) });
const schema = z.object({
  name: required(z.string(), "A name."),
  id: computed(z.string(), "An id."),
  size: computed(z.number(), "A size."),
  any: computed(z.any(), "Anything."),
  tags: computed(setOf(z.string()), "Tags."),
  rows: optional(z.array(nested), "Rows."),
});
type S = typeof schema.shape;
type Thing = State<S>;

const thing = (create: (context: WriteContext<S, unknown>) => unknown, more: object = {}): Resource =>
  resource<unknown>()<S>({
    description: "A thing.",
    schema,
    create: async (context) => create(context) as Thing,
    update: async (context) => create(context as never) as Thing,
    read: async ({ state }) => state,
    delete: async () => {},
    ...more,
  });
const config = { name: "one", id: null, size: null, any: null, tags: null, rows: null };
const planned = { ...config, id: unknown, size: unknown, any: unknown, tags: unknown } as Record<string, Value>;
const made = { name: "one", id: "1", size: 3, any: null, tags: ["a"], rows: null };
const prior = { ...made, size: 2 };
const INVALID = "error: Provider returned an invalid value";

const throwing = (name: string) =>
  Object.defineProperty({ ...made }, name, {
    enumerable: true,
    get() {
      throw new Error("not now");
    },
  });
class Instance {
  name = "one";
  id = "1";
  size = 3;
  any = null;
  tags = ["a"];
  rows = null;
}
const deep = (): Value => {
  let value: Value = "bottom";
  for (let depth = 0; depth < 200_000; depth++) value = [value];
  return value;
};

test.each<[string, () => unknown, object, string]>([
  ["of another type", () => ({ ...made, size: "large" }), { size: null }, `${INVALID} (size)`],
  ["not a number at all", () => ({ ...made, size: Number.NaN }), { size: null }, `${INVALID} (size)`],
  ["of no type where it has to bring one", () => ({ ...made, any: { deep: 1 } }), { any: null }, `${INVALID} (any)`],
  ["a Date", () => ({ ...made, any: new Date(0) }), { any: null }, `${INVALID} (any)`],
  ["twice in a set", () => ({ ...made, tags: ["a", "a"] }), { tags: null }, `${INVALID} (tags.*)`],
  ["half of a character", () => ({ ...made, id: "\ud800" }), { id: null }, `${INVALID} (id)`],
  ["no list", () => ({ ...made, rows: "rows" }), { rows: null }, `${INVALID} (rows)`],
  ["a list of what are no objects", () => ({ ...made, rows: ["row"] }), { rows: null }, `${INVALID} (rows.0)`],
  ["a function", () => ({ ...made, size: () => 3 }), { size: null }, `${INVALID} (size)`],
  ["not to be read", () => throwing("size"), { size: null }, `${INVALID} (size)`],
  ["too deep to be looked at", () => ({ ...made, tags: deep() }), { tags: null }, `${INVALID} (tags`],
])("a created object with an attribute that is %s keeps all others", async (_, returned, differs, told) => {
  const answer = await apply(thing(returned), config, null, planned);
  expect(answer.state).toEqual({ ...made, ...differs });
  expect(summaries(answer.diagnostics).join()).toContain(told);
  expect(answer.diagnostics[0]?.detail).toContain("test_thing");
});

test("an instance of a class is read like any object", async () => {
  expect(
    await apply(
      thing(() => new Instance()),
      config,
      null,
      planned,
    ),
  ).toMatchObject({ state: made, diagnostics: [] });
});

test("an updated object falls back to the attribute that it had", async () => {
  const answer = await apply(
    thing(() => ({ ...made, id: 7 })),
    config,
    prior,
    { ...prior, size: unknown, id: unknown },
  );
  expect(answer.state).toEqual(made);
  expect(summaries(answer.diagnostics)).toEqual([`${INVALID} (id)`]);
});

test.each([undefined, null, "done", ["done"]])("%j is no state: what was saved before is stored, or nothing", async (returned) => {
  const saving = await apply(
    thing(({ save }) => {
      save(made as never);
      return returned;
    }),
    config,
    null,
    planned,
  );
  expect(saving.state).toEqual(made);
  expect(summaries(saving.diagnostics)).toEqual([INVALID]);
  const bare = await apply(
    thing(() => returned),
    config,
    null,
    planned,
  );
  expect(bare.state).toBeNull();
  expect(summaries(bare.diagnostics)).toEqual([INVALID]);
});

test("what is saved is stored as it was then, as far as it can be, and does not disturb the callback", async () => {
  const answer = await apply(
    thing(({ save }) => {
      const state = { ...made, size: "large", tags: ["a", unknown] };
      save(state as never);
      state.tags.push("later");
      save("no state" as never);
      throw new Error("half-way");
    }),
    config,
    null,
    planned,
  );
  expect(answer.state).toEqual({ ...made, size: null, tags: ["a", null] });
  expect(summaries(answer.diagnostics)).toEqual(["error: Unexpected error in the provider", INVALID]);
});

test("an unknown part of a value is null, and what is around it stays", async () => {
  const answer = await apply(
    thing(() => ({ ...made, tags: ["a", unknown] })),
    config,
    null,
    planned,
  );
  expect(answer.state).toEqual({ ...made, tags: ["a", null] });
});

const incomparable = z.object({
  name: required(z.string(), "A name."),
  text: computed(
    customText({
      invalid: "No text",
      expected: "A text",
      accepts: () => true,
      semanticEquals() {
        throw new Error("not comparable");
      },
    }),
    "A text.",
  ),
});
const broken = resource<unknown>()<typeof incomparable.shape>({
  description: "A thing.",
  schema: incomparable,
  create: async () => ({ name: "one", text: "there" }),
  read: async () => ({ name: "two", text: "there" }),
  delete: async () => {},
});

test("a comparison that throws leaves the value, and says so at the attribute", async () => {
  const answer = await apply(broken, { name: "one", text: null }, null, { name: "one", text: "here" });
  expect(answer.state).toEqual({ name: "one", text: "there" });
  expect(summaries(answer.diagnostics)).toContain("error: Semantic equality check failed (text)");
});

const identified = (set: unknown) =>
  thing(
    ({ identityData }) => {
      identityData.set(set as never);
      return made;
    },
    { identity: { schema: z.object({ key: required(z.string(), "A key.") }) } },
  );

test.each<[string, unknown]>([
  ["of other attributes", { other: "one" }],
  ["of another type", { key: 7 }],
  ["that is not known", { key: unknown }],
  ["that is none", "one"],
])("an identity %s does not cost the object", async (_, identity) => {
  const answer = await apply(identified(identity), config, null, planned);
  expect(answer.state).toEqual(made);
  expect(answer.identity).toBeUndefined();
  expect(summaries(answer.diagnostics).join()).toContain(INVALID);
});

const circular: unknown[] = [];
circular.push(circular);

test.each<[string, unknown]>([
  ["a bigint", 1n],
  ["a circle", circular],
  ["a function", () => 1],
])("%s in the private state costs neither the object nor the other facts", async (_, fact) => {
  const answer = await apply(
    thing(({ private: facts }) => {
      facts.set("good", 1);
      facts.set("bad", fact);
      return made;
    }),
    config,
    null,
    planned,
  );
  expect(answer.state).toEqual(made);
  expect(Buffer.from(answer.private).toString()).toBe('{"good":1}');
  expect(summaries(answer.diagnostics)).toEqual([INVALID]);
  expect(answer.diagnostics[0]?.detail).toContain('"bad"');
});

const stateType = object({
  name: string,
  id: string,
  size: number,
  any: dynamic,
  tags: { kind: "set", element: string },
  rows: { kind: "list", element: object({ key: string, secret: string }) },
});
const created = async (create: (context: WriteContext<S, unknown>) => unknown, parts: Partial<Provider> = {}) => {
  const service = new Service(testProvider({ resources: { test_thing: () => thing(create) }, ...parts }));
  const answer = await service.call("ApplyResourceChange", {
    typeName: "test_thing",
    config: wire(config, stateType),
    plannedState: wire(planned, stateType),
  });
  return { state: unwire(answer.newState, stateType), diagnostics: answer.diagnostics ?? [] };
};

test("diagnostics that are none cost nothing either", async () => {
  const { state, diagnostics } = await created(({ diagnostics: told }) => {
    told.warning("A warning", undefined as never, [{ kind: "index", index: 0.5 }, undefined as never]);
    told.add({ severity: "strange" as never, summary: 7 as never, detail: "It is strange.", path: "name" as never });
    return made;
  });
  expect(state).toEqual(made);
  expect(diagnostics).toHaveLength(2);
});

test("a provider whose words for an error fail has the usual ones", async () => {
  const { state, diagnostics } = await created(
    ({ save }) => {
      save(made as never);
      throw new Error("half-way");
    },
    {
      diagnose() {
        throw new Error("no words");
      },
    },
  );
  expect(state).toEqual(made);
  expect(diagnostics).toEqual([expect.objectContaining({ summary: "Unexpected error in the provider" })]);
});

test("a plan that does not fit is told with resource and attribute, on the wire too", async () => {
  const misplanned = thing(() => made, {
    plan({ planned: changed }: { planned: object }) {
      Object.assign(changed, { size: "large" });
    },
  });
  expect(summaries((await plan(misplanned, config)).diagnostics)).toEqual(["error: Provider produced an invalid plan (size)"]);
  const { diagnostics } = await new Service(testProvider({ resources: { test_thing: () => misplanned } })).call("PlanResourceChange", {
    typeName: "test_thing",
    config: wire(config, stateType),
    proposedNewState: wire(config, stateType),
  });
  expect(diagnostics).toEqual([
    expect.objectContaining({
      summary: "Provider produced an invalid plan",
      detail: expect.stringContaining("test_thing"),
      attribute: { steps: [{ attributeName: "size" }] },
    }),
  ]);
});

test("a destroy that worked is not undone by what was noted beside it", async () => {
  const deleted = thing(() => made, { delete: async ({ private: facts }: { private: PrivateState }) => facts.set("bad", 1n) });
  expect(await apply(deleted, null, made, null)).toMatchObject({ state: null, diagnostics: [] });
});

const session = z.object({ name: required(z.string(), "A name."), token: computed(z.string(), "A token.") });

test.each<[string, Partial<EphemeralResource<typeof session.shape>>]>([
  ["with a result of another type", { open: async () => ({ name: "one", token: 7 as never }) }],
  ["with a result that is not known", { open: async () => ({ name: "one", token: unknown as never }) }],
  ["without a result", { open: async () => undefined as never }],
  [
    "to be renewed at no time",
    {
      async open({ renewAt }) {
        renewAt(new Date(Number.NaN));
        return { name: "one", token: "t" };
      },
    },
  ],
  [
    "with facts that are no JSON",
    {
      async open({ private: facts }) {
        facts.set("bad", 1n);
        return { name: "one", token: "t" };
      },
    },
  ],
])("what was opened %s is closed again, since Terraform will not", async (_, { open }) => {
  const closed: unknown[] = [];
  const definition = ephemeralResource<unknown>()<typeof session.shape>({
    description: "A session.",
    schema: session,
    open: async (context) => {
      context.private.set("key", "k1");
      return (open as NonNullable<typeof open>)(context);
    },
    close: async ({ private: facts }) => {
      closed.push(facts.get("key"));
    },
  });
  const server = new ProviderServer(testProvider({ ephemeralResources: { test_session: () => definition } }));
  const compiled = await server.ephemeralResource("test_session");
  const { signal } = new AbortController();
  const answer = await openEphemeralResource(server, compiled, { config: { name: "one", token: null }, signal });
  expect(answer.result).toBeNull();
  expect(summaries(answer.diagnostics).join()).toMatch(/error: Provider (returned an invalid value|produced an inconsistent result)/);
  expect(closed).toEqual(["k1"]);
  await server.shutdown();
  expect(closed).toHaveLength(1);
  expect(await closeEphemeralResource(server, compiled, { private: answer.private })).toEqual([]);
});

test("a refreshed object that does not fit stays what it was", async () => {
  const { readResource } = await import("../../../src/bridge/framework/rpc/read-resource.js");
  const { signal } = new AbortController();
  const server = serverOf(broken);
  const state = { name: "two", text: "here" };
  const answer = await readResource(server, await server.resource("test_thing"), { state, private: Buffer.from('{"a":1}'), signal });
  expect(answer.state).toEqual(state);
  expect(Buffer.from(answer.private).toString()).toBe('{"a":1}');
  expect(summaries(answer.diagnostics)).toEqual(["error: Semantic equality check failed (text)"]);
});
