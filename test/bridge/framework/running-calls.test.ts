import * as z from "zod";
import * as cty from "../../../src/bridge/cty/index.js";
import { RunningCalls } from "../../../src/bridge/framework/running-calls.js";
import { DiagnosticError, listResource, providerFunction, providerMethods, required, resource } from "../../../src/bridge/sdk.js";
import { testProvider } from "../../support/provider.js";
import { Service, wire } from "../../support/service.js";

const never = new AbortController().signal;
const aborted = (signal: AbortSignal) =>
  new Promise<unknown>((resolve) => signal.addEventListener("abort", () => resolve(signal.reason), { once: true }));

test("what runs is told to stop, and what comes later is not", async () => {
  const calls = new RunningCalls();
  const running = calls.run("Apply", never, ({ signal }) => aborted(signal));
  calls.stop();
  expect(await running).toBeInstanceOf(DiagnosticError);
  expect(calls.stopped).toBe(true);
  expect(await calls.run("Close", never, async ({ signal }) => signal.aborted)).toBe(false);
  calls.restart();
  expect(calls.stopped).toBe(false);
});

test("a call whose client has gone knows it, even where it was stopped before", async () => {
  const calls = new RunningCalls();
  const client = new AbortController();
  const running = calls.run("Apply", client.signal, async ({ signal, abandoned }) => {
    const reason = await aborted(signal);
    if (!abandoned.aborted) await aborted(abandoned);
    return reason;
  });
  calls.stop();
  client.abort();
  expect(String(await running)).toContain("Stopped");
  const alone = calls.run("Apply", client.signal, async ({ signal }) => signal.reason);
  expect(String(await alone)).toContain("Abandoned");
});

test("the end waits for what runs", async () => {
  const calls = new RunningCalls();
  const told: string[] = [];
  const running = calls.run("Apply", never, async ({ signal }) => {
    await aborted(signal);
    told.push("undone");
  });
  calls.stop();
  await calls.ended();
  expect(told).toEqual(["undone"]);
  await running;
});

test("each call knows which it is, in whatever it starts", async () => {
  const calls = new RunningCalls();
  const nameLater = () => new Promise((resolve) => setTimeout(() => resolve(calls.current?.name), 1));
  expect(await Promise.all(["one", "two"].map((name) => calls.run(name, never, nameLater)))).toEqual(["one", "two"]);
  expect(calls.current).toBeUndefined();
});

/** Node.js tells of a rejection once the promises before it are settled, in the context of the code that left it. Jest keeps that to itself. */
let takesStray: (error: unknown) => boolean = () => false;
const stray = () => process.nextTick(() => takesStray(new Error("nobody waits for this")));

const schema = z.object({ name: required(z.string(), "A name.") });
const thing = resource<unknown>()<typeof schema.shape>({
  description: "A thing.",
  schema,
  identity: { attributes: ["name"] },
  async create({ planned }) {
    if (planned.name === "stray") stray();
    return planned;
  },
  read: async ({ state }) => state,
  delete: async () => {},
});
const provider = testProvider({
  resources: { test_thing: () => thing },
  listResources: {
    test_thing: () =>
      listResource<unknown>()<Record<string, never>>({
        description: "Things.",
        schema: z.object({}),
        async *list() {
          stray();
          yield { identity: { name: "one" }, displayName: "One" };
        },
      }),
  },
  functions: {
    straying: () =>
      providerFunction({
        summary: "Strays.",
        description: "Strays.",
        parameters: [],
        returns: z.string(),
        call: () => {
          stray();
          return "done";
        },
      }),
  },
});
const type = cty.object({ name: cty.string });
const created = (service: Service, name: string) =>
  service.call("ApplyResourceChange", { typeName: "test_thing", config: wire({ name }, type), plannedState: wire({ name }, type) });

test("a rejection that nobody waits for fails its own call, beside what that returns, and no other", async () => {
  const methods = providerMethods(provider);
  const service = new Service(provider, methods);
  takesStray = methods.takesStray;
  const [straying, other] = await Promise.all([created(service, "stray"), created(service, "good")]);
  expect(straying.newState).toEqual(wire({ name: "stray" }, type));
  expect(straying.diagnostics).toEqual([
    expect.objectContaining({ severity: 1, detail: expect.stringContaining("nobody waits for this") }),
  ]);
  expect(other.newState).toEqual(wire({ name: "good" }, type));
  expect(other.diagnostics).toBeUndefined();

  const events = await service.stream("ListResource", { typeName: "test_thing", config: wire({}, cty.object({})) });
  expect(events).toEqual([
    expect.objectContaining({ displayName: "One" }),
    { diagnostic: [expect.objectContaining({ detail: expect.stringContaining("nobody waits for this") })] },
  ]);
  expect((await service.call("CallFunction", { name: "straying" })).error?.text).toContain("nobody waits for this");
});
