import { diagnosticsTo } from "../../../src/bridge/protocol/diagnostics.js";
import { testProvider } from "../../support/provider.js";
import { Service } from "../../support/service.js";

const failing = new Service(
  testProvider({
    stop: () => {
      throw new Error("it cannot be stopped");
    },
  }),
);

test("what goes wrong when the provider is stopped is told", async () => {
  expect(await failing.call("StopProvider", {})).toEqual({ error: expect.stringContaining("it cannot be stopped") });
});

test("a name that is as long as a message is not given back whole", async () => {
  const told = JSON.stringify(await failing.call("ReadResource", { typeName: "x".repeat(1_000_000) }));
  expect(told).toContain("Unknown resource type");
  expect(told.length).toBeLessThan(1000);
});

test("control characters do not reach the terminal, line breaks and tabs do, and half a pair is replaced", () => {
  const [told] = diagnosticsTo([{ severity: "error", summary: "a\u001b[1m\u0000\u009f\u007f", detail: "b\n\tc\r\u{1f600}\ud83d" }]);
  expect(told).toMatchObject({ summary: "a\ufffd[1m\ufffd\ufffd\ufffd", detail: "b\n\tc\ufffd\u{1f600}\ufffd" });
});
