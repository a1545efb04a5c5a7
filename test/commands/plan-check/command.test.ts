import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { temporaryDirectory } from "../../support/run-directory.js";
import { command } from "../command.js";

const PLAN = JSON.stringify({
  format_version: "1.2",
  planned_values: { root_module: {} },
  configuration: { root_module: {} },
  resource_changes: [],
});
const MORE = PLAN.replace('"resource_changes":[]', '"resource_changes":[null]');

async function check(content: string | Buffer, ...args: string[]) {
  const directory = await temporaryDirectory("plan-check");
  await writeFile(join(directory, "plan.json"), content);
  return command(["plan-check", "--only", "rotation", "plan.json", ...args], { directory });
}

test.each<[string, string | Buffer]>([
  ["as it is", PLAN],
  ["as PowerShell writes it", Buffer.from(`\uFEFF${PLAN}\r\n`, "utf16le")],
  ["as the wrapper of setup-terraform writes it", `[command]/bin/terraform-bin show -json plan\n${PLAN}\n::debug::exitcode: 0\n`],
])("a plan %s is read", async (_, content) => {
  expect(await check(content)).toMatchObject({ exitCode: 0, stderr: "Nothing changes." });
  const more = Buffer.isBuffer(content) ? Buffer.from(`\uFEFF${MORE}`, "utf16le") : content.replace(PLAN, MORE);
  expect(await check(more)).toMatchObject({ exitCode: 3, stdout: expect.stringContaining("not understood") });
});

test("a plan is read from stdin, so that its secrets need no file", async () => {
  const read = (stdin: string) => command(["plan-check", "--only", "rotation", "-"], { directory: "/", stdin });
  expect(await read(PLAN)).toMatchObject({ exitCode: 0, stderr: "Nothing changes." });
  expect(await read("")).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("stdin cannot be read as a plan: it is empty") });
});

test.each<[string, string, string]>([
  ["null", "null", "plan.json is not a plan: it is null."],
  ["a list", "[]", "plan.json is not a plan: it is a list."],
  ["a state file", '{"version":4,"serial":1,"lineage":"x","resources":[]}', "plan.json is a state, not a plan."],
  ["a state", '{"format_version":"1.0","values":{"root_module":{}}}', "plan.json is a state, not a plan."],
  ["an empty state", '{"format_version":"1.0"}', "plan.json is a state, not a plan."],
  ["a schema", '{"format_version":"1.0","provider_schemas":{}}', "providers schema"],
  ["a log", `${JSON.stringify({ "@level": "info" })}\n${JSON.stringify({ "@level": "info" })}\n`, "more than one JSON document"],
  ["half a plan", PLAN.slice(0, 30), "its JSON is incomplete"],
  ["an empty file", "", "it is empty"],
  ["a saved plan", Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe]).toString("latin1"), "it holds no JSON"],
])("%s is not a plan", async (_, content, message) => {
  expect(await check(content)).toMatchObject({ exitCode: 1, stdout: "", stderr: expect.stringContaining(message) });
});

test("what is not there, a folder, and wrong arguments are told", async () => {
  const directory = await temporaryDirectory("plan-check");
  const run = (...args: string[]) => command(["plan-check", ...args], { directory });
  expect(await run("--only", "rotation", "none.json")).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining("none.json cannot be read"),
  });
  expect(await run("--only", "rotation", ".")).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(". cannot be read") });
  for (const args of [["none.json"], ["--only", "rotation"], ["--only", "everything", "x"], ["--only", "rotation", "x", "y"]])
    expect(await run(...args)).toMatchObject({ exitCode: 2 });
});
