import { identify } from "../../../src/commands/engine-json/identify.js";

const STORED = { version: 4, terraform_version: "1.11.4", serial: 1, lineage: "x", outputs: {}, resources: [], check_results: null };
const SHOWN = { format_version: "1.0", terraform_version: "1.11.4", values: { root_module: {} } };
const PLAN = { format_version: "1.2", planned_values: {}, resource_changes: [], configuration: { root_module: {} } };

test.each<[string, unknown, string]>([
  ["a state file", STORED, "state file"],
  ["a state as `show -json` tells it", SHOWN, "shown state"],
  ["an empty state as `show -json` tells it", { format_version: "1.0" }, "shown state"],
  ["an empty state with checks", { format_version: "1.0", terraform_version: "1.11.4", checks: [] }, "shown state"],
  ["a plan", PLAN, "plan"],
])("%s is known", (_, value, kind) => {
  expect(identify(value)).toEqual({ kind, document: value });
});

test.each<[string, unknown, string]>([
  ["null", null, "null"],
  ["a list", [], "a list"],
  ["a text", "x", "a string"],
  ["an empty object", {}, "an empty object"],
  ["providers schema", { format_version: "1.0", provider_schemas: {} }, "providers schema"],
  ["validate", { format_version: "1.0", valid: true, error_count: 0, warning_count: 0, diagnostics: [] }, "validate"],
  ["metadata functions", { format_version: "1.0", function_signatures: {} }, "metadata functions"],
  ["version", { terraform_version: "1.11.4", provider_selections: {} }, "version"],
  ["output", { token: { sensitive: true, type: "string", value: "x" } }, "output -json"],
  ["a log", { "@level": "info", "@message": "Terraform 1.11.4", type: "version" }, "a log"],
  ["an encrypted state", { serial: 1, lineage: "x", meta: {}, encrypted_data: "x", encryption_version: "v0" }, "encrypted"],
  ["an older state file", { ...STORED, version: 3 }, "a state file of version 3"],
  ["a state file without resources", { version: 4, serial: 1, lineage: "x" }, "a part of a state file"],
  ["a number called version", { version: 4 }, "the fields version"],
  ["a package", { name: "x", version: "1.0.0" }, "the fields name, version"],
  ["half a plan", { format_version: "1.2", planned_values: {} }, "a part of a plan"],
  ["nothing but a number and a list", { version: 4, resources: [] }, "the fields version, resources"],
  ["a plan and a state", { ...PLAN, values: {} }, "a mixture"],
  ["a state without values that has more", { format_version: "1.0", more: 1 }, "the fields more"],
  ["values that are none", { format_version: "1.0", values: [] }, "a state whose values are not an object"],
  ["a format that is none", { format_version: 1, values: {} }, "whose format_version is not a string"],
])("%s is something else", (_, value, description) => {
  expect(identify(value)).toEqual({ kind: "other", description: expect.stringContaining(description) });
});
