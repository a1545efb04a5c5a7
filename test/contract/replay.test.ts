import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Sandbox, startSandbox } from "../../src/sandbox/index.js";
import { replay, type Scenario } from "./replay.js";

const scenarios = ["org", "api-key", "api-key-actions", "errors", "health-and-docs", "edge-cases"].flatMap((file) =>
  (JSON.parse(readFileSync(join(__dirname, "exchanges", `${file}.json`), "utf8")) as Scenario[]).map((scenario) => ({
    title: `${file}: ${scenario.scenario}`,
    scenario,
  })),
);

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

test.each(scenarios)("$title", async ({ scenario }) => {
  expect(await replay(scenario, sandbox, randomBytes(3).toString("hex"))).toEqual([]);
});
