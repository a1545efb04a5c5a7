import * as z from "zod";
import * as cty from "../../../src/bridge/cty/index.js";
import { action, DiagnosticError, required } from "../../../src/bridge/sdk.js";
import { testProvider } from "../../support/provider.js";
import { Service, wire } from "../../support/service.js";

const schema = z.object({ word: required(z.string().min(2), "A word.") });
const type = cty.object({ word: cty.string });

const speak = action<unknown>()<typeof schema.shape>({
  description: "Speaks.",
  schema,
  plan({ config, deferral, diagnostics }) {
    if (config.word === "later") deferral.defer("absent prerequisite");
    if (config.word === "never") diagnostics.error("Refused", "Never is not said.");
  },
  async invoke({ config, progress }) {
    progress("one");
    await new Promise(setImmediate);
    progress("two");
    if (config.word === "fails") throw new DiagnosticError("It failed", "As it was told to.");
  },
});

const speaker = (deferred = false) =>
  new Service(
    testProvider({
      configure({ deferral }) {
        if (deferred) deferral.defer("provider configuration unknown");
      },
      actions: { test_speak: () => speak },
    }),
  );
const say = (word: cty.Value, deferralAllowed = false) => ({
  actionType: "test_speak",
  config: wire({ word }, type),
  clientCapabilities: { deferralAllowed },
});

test("an action is in the schema", async () => {
  const { actionSchemas } = await speaker().call("GetProviderSchema", {});
  expect(actionSchemas?.test_speak?.schema?.block?.attributes).toEqual([expect.objectContaining({ name: "word", required: true })]);
  expect((await speaker().call("GetMetadata", {})).actions).toEqual([{ typeName: "test_speak" }]);
});

test("its configuration is validated at the attribute's path", async () => {
  const { diagnostics } = await speaker().call("ValidateActionConfig", say("a"));
  expect(diagnostics).toEqual([expect.objectContaining({ attribute: { steps: [{ attributeName: "word" }] } })]);
});

test.each<[string, cty.Value, object]>([
  ["is agreed to", "hello", {}],
  ["is agreed to before all is known", cty.unknown, {}],
  ["is refused", "never", { diagnostics: [expect.objectContaining({ summary: "Refused" })] }],
  ["is put off", "later", { deferred: { reason: 3 } }],
])("a plan %s", async (_, word, answer) => {
  expect(await speaker().call("PlanAction", say(word, true))).toEqual(answer);
});

test("a plan that is put off where the engine does not allow it is an error", async () => {
  expect(await speaker().call("PlanAction", say("later"))).toEqual({
    diagnostics: [expect.objectContaining({ summary: "Invalid deferred response" })],
  });
});

test("a plan is put off with its provider, where the engine knows how", async () => {
  const service = speaker(true);
  await service.call("ConfigureProvider", { config: wire({}, cty.object({})), clientCapabilities: { deferralAllowed: true } });
  expect(await service.call("PlanAction", say("never", true))).toEqual({ deferred: { reason: 2 } });
});

test("an invocation tells of its progress and ends with what it has to say", async () => {
  const progress = [{ progress: { message: "one" } }, { progress: { message: "two" } }];
  expect(await speaker().stream("InvokeAction", say("hello"))).toEqual([...progress, { completed: {} }]);
  expect(await speaker().stream("InvokeAction", say("fails"))).toEqual([
    ...progress,
    { completed: { diagnostics: [expect.objectContaining({ summary: "It failed" })] } },
  ]);
});

test("an action that is not there is an answer, not a broken call", async () => {
  const request = { ...say("hello"), actionType: "test_shout" };
  expect(await speaker().stream("InvokeAction", request)).toEqual([
    { completed: { diagnostics: [expect.objectContaining({ summary: "Unknown action" })] } },
  ]);
});
