import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cornerWorkspace, sharedCorner } from "../../support/corner.js";
import { engineHas, testSince } from "../../support/engine.js";
import { temporaryDirectory } from "../../support/run-directory.js";

const corner = sharedCorner();
const since = testSince({ terraform: "1.11", tofu: "1.11" });

const WRITE_ONLY = `resource "framework_writeonly" "test" {
  writeonly_string = "secret-one"
  writeonly_list   = ["secret-two"]
  writeonly_nested_object = {
    writeonly_int64       = 12345
    writeonly_bool        = true
    writeonly_nested_list = [{ writeonly_string = "secret-four" }]
  }
  nested_map = {
    key = {
      string_attr       = "kept"
      writeonly_float64 = 10
    }
  }
  nested_block_list {
    string_attr      = "kept"
    writeonly_string = "secret-three"
    double_nested_object {
      bool_attr      = true
      writeonly_bool = false
    }
  }
}
`;

since("what is write-only is stored nowhere, at every depth, whatever the callbacks return", async () => {
  const terraform = await corner(WRITE_ONLY);
  await terraform.apply();
  expect(await terraform.attributes("framework_writeonly.test")).toMatchObject({
    computed_attr: "computed_val",
    writeonly_string: null,
    writeonly_list: null,
    writeonly_nested_object: null,
    nested_map: { key: { string_attr: "kept", writeonly_float64: null } },
    nested_block_list: [{ string_attr: "kept", writeonly_string: null, double_nested_object: { bool_attr: true, writeonly_bool: null } }],
  });
  expect((await terraform.run(["state", "pull"])).stdout).not.toMatch(/secret-|12345/);
  expect((await terraform.plan()).changes).toBe(false);

  // What else changes is changed, and nothing is left of what is write-only in the plan either.
  await terraform.write(WRITE_ONLY.replace('"kept"', '"changed"').replaceAll("secret-", "other-"));
  const { file, json } = await terraform.plan();
  expect(json.resource_changes?.[0]?.change.actions).toEqual(["update"]);
  expect(JSON.stringify(json.resource_changes)).not.toContain("other-");
  await terraform.apply([file]);
  expect((await terraform.run(["state", "pull"])).stdout).not.toMatch(/other-|12345/);
  expect((await terraform.plan()).changes).toBe(false);
});

(engineHas({ terraform: "1.11", tofu: "1.11" }) ? test.skip : test)(
  "an engine that would store what is write-only is refused",
  async () => {
    const terraform = await corner(WRITE_ONLY);
    expect(await terraform.failingPlan()).toContain("Write-only attribute not supported");
  },
);

since("one argument in two forms: stored, or sent again when its version says so", async () => {
  const file = join(await temporaryDirectory("secrets"), "sent");
  const configuration = (more: string) => `resource "framework_secret" "test" {\n  name = "a"\n  ${more}\n}\n`;
  const terraform = await cornerWorkspace(configuration(""), { CORNER_SECRETS_FILE: file });
  const secret = (more: string) => terraform.write(configuration(more));
  await secret('password = "word-1"\n  password_wo = "word-2"\n  password_wo_version = 1');
  expect(await terraform.failingPlan()).toContain("Only one of these may be given: password, password_wo.");
  await secret("password_wo_version = 1");
  expect(await terraform.failingPlan()).toContain("password_wo_version is the version of password_wo");
  await secret('password_wo = "wo"');
  expect(await terraform.failingPlan()).toContain("A password has four letters at least.");
  await secret('password_wo = "word-2"\n  password_wo_version = 1');
  await terraform.apply();
  await secret('password_wo = "word-3"\n  password_wo_version = 1');
  expect((await terraform.plan()).changes).toBe(false);
  await secret('password_wo = "word-3"\n  password_wo_version = 2');
  await terraform.apply();
  expect((await terraform.run(["state", "pull"])).stdout).not.toContain("word-");
  await secret('password = "word-4"');
  await terraform.apply();
  expect(readFileSync(file, "utf8").split("\n")).toEqual(["word-2", "word-3", "word-4", ""]);
  expect(await terraform.attributes("framework_secret.test")).toMatchObject({
    password: "word-4",
    password_wo: null,
    password_wo_version: null,
  });
});

since("a value that is needed once is asked for once", async () => {
  const once = (more: string) => `resource "framework_writeonce" "test" {\n  trigger_attr = "a"\n  ${more}\n}\n`;
  const terraform = await corner(once(""));
  expect(await terraform.failingPlan()).toContain("Attribute Required when Creating");
  await terraform.write(once('writeonce_string = "x"'));
  await terraform.apply();
  await terraform.write(once(""));
  expect((await terraform.plan()).changes).toBe(false);
});

since("a value that is needed once may be needed again where the object is replaced", async () => {
  const once = (trigger: string, more = "") => `resource "framework_writeonce" "test" {\n  trigger_attr = "${trigger}"\n  ${more}\n}\n`;
  const terraform = await corner(once("a", 'writeonce_string = "x"'));
  await terraform.apply();
  await terraform.write(once("b"));
  expect(await terraform.failingPlan()).toContain("Attribute Required when Creating");
  await terraform.write(once("b", 'writeonce_string = "y"'));
  expect((await terraform.plan()).json.resource_changes?.[0]?.change).toMatchObject({
    actions: ["delete", "create"],
    replace_paths: [["trigger_attr"]],
  });
});

since("what is ephemeral may be given to what is write-only", async () => {
  const terraform = await corner(
    'variable "secret" {\n  type      = string\n  ephemeral = true\n}\nresource "framework_writeonly_import" "test" {\n  string_attr      = "hello world!"\n  writeonly_string = var.secret\n}\n',
  );
  await terraform.apply(["-var=secret=secret-one"]);
  expect((await terraform.run(["state", "pull"])).stdout).not.toContain("secret-one");
  expect((await terraform.plan(["-var=secret=secret-two"])).changes).toBe(false);
});

describe("rules across attributes, of which some are write-only", () => {
  const password = (...lines: readonly string[]) => `resource "framework_writeonly_validations" "test" {\n  ${lines.join("\n  ")}\n}\n`;
  const VERSION = 'password_version = "v1"';

  since.each<[string, readonly string[], string]>([
    ["neither form", [], "One of these has to be given: old_password_attr, writeonly_password."],
    ["both forms", ['old_password_attr = "a"', 'writeonly_password = "b"', VERSION], "Only one of these may be given"],
    ["a version of the stored form", ['old_password_attr = "a"', VERSION], "Only one of these may be given"],
    ["no version of the other one", ['writeonly_password = "b"'], "These have to be given together"],
  ])("%s", async (_, lines, told) => {
    const terraform = await corner(password(...lines));
    expect((await terraform.failingPlan()).replaceAll(/\s+│?\s*/g, " ")).toContain(told);
  });

  since("either form, what the other end says of it, and a change from one to the other", async () => {
    const terraform = await corner(password('old_password_attr = "oldpassword"'));
    await terraform.apply();
    expect((await terraform.plan()).changes).toBe(false);
    await terraform.write(password('writeonly_password = "newpassword"', VERSION));
    expect((await terraform.plan()).json.resource_changes?.[0]?.change).toMatchObject({
      actions: ["delete", "create"],
      replace_paths: expect.arrayContaining([["old_password_attr"], ["password_version"]]),
    });
    await terraform.apply();
    expect(await terraform.attributes("framework_writeonly_validations.test")).toEqual({
      old_password_attr: null,
      password_version: "v1",
      writeonly_password: null,
    });
    await terraform.write(password('writeonly_password = "newpassword2"', VERSION));
    expect((await terraform.plan()).changes).toBe(false);
    await terraform.write(password('writeonly_password = "unknown"', 'password_version = "v2"'));
    expect((await terraform.apply([], { expect: 1 })).text).toContain("Unexpected writeonly_password value");
  });
});

since("what is write-only is not imported", async () => {
  const terraform = await corner('resource "framework_writeonly_import" "test" {\n  string_attr = "hello world!"\n}\n');
  await terraform.import("framework_writeonly_import.test", "hello world!");
  expect(await terraform.attributes("framework_writeonly_import.test")).toEqual({ string_attr: "hello world!", writeonly_string: null });
  expect((await terraform.plan()).changes).toBe(false);
});
