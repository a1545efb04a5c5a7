import { decodeText } from "../../../src/commands/engine-json/decode.js";
import { findJson, NoJson } from "../../../src/commands/engine-json/find-json.js";

const JSON_TEXT = '{"format_version":"1.0","name":"a \\"quoted\\" {brace} ü ✓"}';
const VALUE = JSON.parse(JSON_TEXT) as unknown;
const WRAPPED = [
  "[command]/home/runner/work/_temp/terraform-bin show -json plan",
  JSON_TEXT,
  "::debug::Terraform exited with code 0.",
  '::debug::stdout: {"format_version":"1.0"}%0A',
  '::set-output name=stdout::{"format_version":"1.0"}%0A',
].join("\n");

test.each<[string, Buffer]>([
  ["UTF-8", Buffer.from(JSON_TEXT)],
  ["UTF-8 with a byte order mark", Buffer.from(`\uFEFF${JSON_TEXT}`)],
  ["UTF-16 as PowerShell writes it", Buffer.from(`\uFEFF${JSON_TEXT}\r\n`, "utf16le")],
  ["UTF-16 without a mark", Buffer.from(JSON_TEXT, "utf16le")],
  ["UTF-16 the other way round", Buffer.from(`\uFEFF${JSON_TEXT}`, "utf16le").swap16()],
  ["the same without a mark", Buffer.from(JSON_TEXT, "utf16le").swap16()],
  ["the wrapper of setup-terraform", Buffer.from(WRAPPED)],
  ["the wrapper of setup-terraform in PowerShell", Buffer.from(`\uFEFF${WRAPPED.replaceAll("\n", "\r\n")}`, "utf16le")],
  ["a wrapper that writes on the same line", Buffer.from(`[command]terraform\n${JSON_TEXT}::debug::Terraform exited with code 0.\n`)],
  ["npm run", Buffer.from(`\n> infra@1.0.0 show\n> terraform show -json plan\n\n${JSON_TEXT}\n`)],
  ["yarn", Buffer.from(`yarn run v1.22.19\n$ terraform show -json plan\n${JSON_TEXT}\nDone in 0.52s.\n`)],
  ["colour", Buffer.from(`\u001B[1mplan\u001B[0m\n\u001B[0m${JSON_TEXT}\u001B[0m\n`)],
  ["JSON over several lines", Buffer.from(`[command]terraform\n${JSON.stringify(VALUE, null, 2)}\n::debug::x`)],
])("JSON is found in %s", (_, bytes) => {
  expect(findJson(decodeText(bytes) ?? "")).toEqual(VALUE);
});

test.each<[string, string, string]>([
  ["nothing", "", "it is empty"],
  ["blanks", " \r\n", "it is empty"],
  ["text", "No state.", "it holds no JSON"],
  ["half a document", JSON_TEXT.slice(0, -1), "its JSON is incomplete"],
  ["half a document in a wrapper", `[command]x\n${JSON_TEXT.slice(0, 20)}\n::debug::x`, "its JSON is incomplete"],
  ["what only looks like JSON", "x\n{nonsense}", "it contains no valid JSON"],
  ["two documents", `${JSON_TEXT}\n${JSON_TEXT}`, "it contains more than one JSON document"],
  ["two documents in a wrapper", `[command]x\n${JSON_TEXT}\n[command]x\n${JSON_TEXT}\n`, "it contains more than one JSON document"],
  ["an error", `${JSON_TEXT}\n╷\n│ Error: Failed to read\n╵`, "it contains an error besides the JSON"],
  [
    "an error in colour",
    `${JSON_TEXT}\n\u001B[31m│\u001B[0m \u001B[0m\u001B[1m\u001B[31mError: \u001B[0mFailed`,
    "it contains an error besides the JSON",
  ],
])("%s is refused, and not quoted", (_, text, message) => {
  expect(() => findJson(text)).toThrow(new NoJson(message));
});

test("JSON as such may be anything", () => {
  for (const value of [null, [], 1, "x"]) expect(findJson(JSON.stringify(value))).toEqual(value);
});

test("a large text ends in time and space", () => {
  const value = { text: '\\"{'.repeat(300_000), list: Array.from({ length: 1000 }, (_, index) => ({ index })) };
  expect(findJson(`[command]x\n${JSON.stringify(value)}\n::debug::`)).toEqual(value);
});

test("what is neither UTF-8 nor UTF-16 is no text", () => {
  expect(decodeText(Buffer.from([0x7b, 0xff, 0x7d]))).toBeUndefined();
  expect(decodeText(Buffer.from([0xff, 0xfe, 0x7b]))).toBeUndefined();
});
