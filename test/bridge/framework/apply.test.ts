import * as z from "zod";
import type { ValueObject } from "../../../src/bridge/cty/index.js";
import { applyResourceChange } from "../../../src/bridge/framework/rpc/apply-resource-change.js";
import { readResource } from "../../../src/bridge/framework/rpc/read-resource.js";
import { upgradeResourceState } from "../../../src/bridge/framework/rpc/upgrade-resource-state.js";
import { computed, DiagnosticError, optionalComputed, required, resource, type State, type WriteContext } from "../../../src/bridge/sdk.js";
import { apply, serverOf, summaries, unknown } from "./harness.js";

const schema = z.object({
  name: required(z.string(), "A name."),
  size: optionalComputed(z.number(), "A size."),
  id: computed(z.string(), "An id."),
});
type S = typeof schema.shape;
type Create = (context: WriteContext<S, unknown>) => Promise<State<S>>;

const thing = (create: Create, more: object = {}) =>
  resource<unknown>()<S>({
    description: "A thing.",
    schema,
    identity: { attributes: ["id"] },
    create,
    read: async ({ state }) => state,
    delete: async () => {},
    ...more,
  });

const config = { name: "one", size: null, id: null };
const planned: ValueObject = { name: "one", size: unknown, id: unknown };
const state = { name: "one", size: 3, id: "1" };

test("what a create returns is stored, with its identity", async () => {
  const answer = await apply(
    thing(async () => state),
    config,
    null,
    planned,
  );
  expect(answer).toMatchObject({ state, identity: { id: "1" }, diagnostics: [] });
});

test("a failed create stores nothing, or what it had saved", async () => {
  const failing = thing(async () => {
    throw new DiagnosticError("No", "Not today.");
  });
  expect(await apply(failing, config, null, planned)).toMatchObject({ state: null, diagnostics: [{ summary: "No" }] });
  const halfway = thing(async ({ save }) => {
    save({ ...state, size: unknown } as never);
    throw new DiagnosticError("No", "Not today.");
  });
  expect(await apply(halfway, config, null, planned)).toMatchObject({ state: { ...state, size: null }, diagnostics: [{ summary: "No" }] });
});

const INCONSISTENT = "Provider produced an inconsistent result after apply";

test.each<[string, State<S>, string]>([
  ["another value than planned", { ...state, name: "two" }, `${INCONSISTENT} (name)`],
  ["a value that is not known", { ...state, size: unknown as never }, `${INCONSISTENT} (size)`],
  ["a value of another type", { ...state, size: "large" as never }, "Provider returned an invalid value (size)"],
])("a create that returns %s is an error with attribute and resource", async (_, returned, summary) => {
  const { diagnostics } = await apply(
    thing(async () => returned),
    config,
    null,
    planned,
  );
  expect(summaries(diagnostics)).toContain(`error: ${summary}`);
  expect(diagnostics[0]?.detail).toContain("test_thing");
});

test("an update that fails keeps the prior state", async () => {
  const failing = thing(async () => state, {
    update: async () => {
      throw new Error("broken");
    },
  });
  const answer = await apply(failing, { ...config, name: "two" }, state, { ...state, name: "two" });
  expect(answer.state).toEqual(state);
  expect(summaries(answer.diagnostics)).toEqual(["error: Unexpected error in the provider"]);
});

test("an identity that changes is an error, unless it may", async () => {
  const renamed = (mayChange: boolean) =>
    thing(async () => state, { identity: { attributes: ["id"], mayChange }, update: async () => ({ ...state, id: "2" }) });
  const change = (mayChange: boolean) => apply(renamed(mayChange), config, state, { ...state, id: unknown });
  expect(summaries((await change(false)).diagnostics)).toEqual(["error: Unexpected Identity Change (id)"]);
  expect((await change(true)).diagnostics).toEqual([]);
});

test("a failed delete keeps the state", async () => {
  const stuck = thing(async () => state, {
    delete: async () => {
      throw new DiagnosticError("Stuck", "It stays.");
    },
  });
  expect(await apply(stuck, null, state, null)).toMatchObject({ state, diagnostics: [{ summary: "Stuck" }] });
  expect(
    await apply(
      thing(async () => state),
      null,
      state,
      null,
    ),
  ).toMatchObject({ state: null, diagnostics: [] });
});

test("after Terraform has stopped the provider nothing is begun", async () => {
  let called = false;
  const server = serverOf(
    thing(async () => {
      called = true;
      return state;
    }),
  );
  server.stop();
  const { signal } = new AbortController();
  const request = { config, prior: null, planned, plannedPrivate: new Uint8Array(), signal };
  const answer = await applyResourceChange(server, await server.resource("test_thing"), request);
  expect(summaries(answer.diagnostics)).toEqual(["error: Stopped"]);
  expect(called).toBe(false);
});

test("a read that fails leaves the state, and null takes it away", async () => {
  const read = async (reading: () => Promise<unknown>) => {
    const server = serverOf(thing(async () => state, { read: reading }));
    const request = { state, private: new Uint8Array(), signal: new AbortController().signal };
    return readResource(server, await server.resource("test_thing"), request);
  };
  expect((await read(async () => Promise.reject(new Error("offline")))).state).toEqual(state);
  expect((await read(async () => null)).state).toBeNull();
  expect((await read(async () => ({ ...state, size: 4 }))).state).toEqual({ ...state, size: 4 });
  expect((await read(async () => ({ ...state, size: "4" }))).state).toEqual(state);
});

test("stored state of the same version is fitted to the schema, and that of another is refused", async () => {
  const server = serverOf(thing(async () => state));
  const compiled = await server.resource("test_thing");
  const upgrade = (version: number, stored: object) =>
    upgradeResourceState(server, compiled, { version, json: Buffer.from(JSON.stringify(stored)) });
  expect((await upgrade(0, { name: "one", id: "1", gone: true })).state).toEqual({ name: "one", size: null, id: "1" });
  expect(summaries((await upgrade(1, state)).diagnostics)).toEqual(["error: State of another version"]);
  expect((await upgrade(1, state)).diagnostics[0]?.detail).toContain("newer version of the provider");
});
