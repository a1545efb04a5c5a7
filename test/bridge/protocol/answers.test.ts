import * as z from "zod";
import { provider } from "../../../src/bridge/framework/provider.js";
import { diagnosticsTo } from "../../../src/bridge/protocol/diagnostics.js";
import { decode, encode, type MessageName, methods } from "../../../src/bridge/protocol/wire/index.js";
import { providerMethods } from "../../../src/bridge/sdk.js";

const failing = providerMethods(
  provider({
    name: "test",
    version: "1.0.0",
    description: "A provider for tests.",
    schema: z.object({}),
    configure: () => undefined,
    stop: () => {
      throw new Error("it cannot be stopped");
    },
    resources: {},
    dataSources: {},
    functions: {},
  }),
);

async function answer(name: string, request: Uint8Array = new Uint8Array()): Promise<string> {
  const path = `/tfplugin6.Provider/${name}`;
  const method = await failing(path);
  const context = { signal: new AbortController().signal };
  if (!method) throw new Error(`there is no ${name}`);
  if (method.kind === "unary") return text(path, await method.call(request, context));
  const events: string[] = [];
  for await (const event of method.call(request, context)) events.push(text(path, event));
  return events.join("\n");
}

const text = (path: string, bytes: Uint8Array): string => JSON.stringify(decode(methods[path]?.response as MessageName, bytes));

const UNSUPPORTED = [
  "GenerateResourceConfig",
  "ListResource",
  "ValidateListResourceConfig",
  "ValidateActionConfig",
  "PlanAction",
  "InvokeAction",
  "ValidateStateStoreConfig",
  "ConfigureStateStore",
  "ReadStateBytes",
  "WriteStateBytes",
  "LockState",
  "UnlockState",
  "GetStates",
  "DeleteState",
];

test.each(UNSUPPORTED)("%s is answered by name, wherever its answer has its diagnostics", async (name) => {
  expect(await answer(name)).toContain(`${name} is not supported`);
});

test("what goes wrong when the provider is stopped is told", async () => {
  expect(await answer("StopProvider")).toContain("it cannot be stopped");
});

test("a name that is as long as a message is not given back whole", async () => {
  const told = await answer("ReadResource", encode("ReadResource.Request", { typeName: "x".repeat(1_000_000) }));
  expect(told).toContain("Unknown resource type");
  expect(told.length).toBeLessThan(1000);
});

test("control characters do not reach the terminal, line breaks and tabs do, and half a pair is replaced", () => {
  const [told] = diagnosticsTo([{ severity: "error", summary: "a\u001b[1m\u0000\u009f\u007f", detail: "b\n\tc\r\u{1f600}\ud83d" }]);
  expect(told).toMatchObject({ summary: "a\ufffd[1m\ufffd\ufffd\ufffd", detail: "b\n\tc\ufffd\u{1f600}\ufffd" });
});
