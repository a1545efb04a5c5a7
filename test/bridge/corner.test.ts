import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { attachedWorkspace, cornerExecutable, cornerWorkspace } from "../support/corner.js";
import { engineHas, testSince } from "../support/engine.js";
import { temporaryDirectory } from "../support/run-directory.js";

const user = (more = "", name = "Ford Prefect") =>
  `resource "framework_user" "foo" {\n  email = "ford@prefect.co"\n  name = "${name}"\n  age = 200\n  ${more}\n}\n`;
const usersOf = (directory: string) => JSON.parse(readFileSync(join(directory, "users.json"), "utf8")) as Record<string, object>;

test("a resource's whole life: create, update in place, drift, replace, import, destroy", async () => {
  const terraform = await cornerWorkspace(user());
  await terraform.apply();
  const made = await terraform.attributes("framework_user.foo");
  expect(made).toMatchObject({ name: "Ford Prefect", age: 200, language: "en" });
  expect((await terraform.plan()).changes).toBe(false);

  await terraform.write(user('language = "es"', "Ix"));
  const update = await terraform.plan();
  expect(update.json.resource_changes?.[0]?.change).toMatchObject({ actions: ["update"], after_unknown: {} });
  await terraform.apply();
  expect(await terraform.attributes("framework_user.foo")).toMatchObject({ name: "Ix", language: "es", date_joined: made.date_joined });

  await terraform.write(user("", "Ix"));
  expect((await terraform.plan()).changes).toBe(false);

  rmSync(join(terraform.directory, "users.json"));
  expect((await terraform.plan()).json.resource_changes?.[0]?.change.actions).toEqual(["create"]);
  await terraform.apply();

  await terraform.write(user().replace("ford@prefect.co", "ix@betelgeuse.example"));
  const replace = await terraform.plan();
  expect(replace.json.resource_changes?.[0]?.change).toMatchObject({ actions: ["delete", "create"], replace_paths: [["email"]] });
  await terraform.apply();
  expect(Object.keys(usersOf(terraform.directory))).toEqual(["ix@betelgeuse.example"]);

  await terraform.run(["state", "rm", "framework_user.foo"]);
  await terraform.import("framework_user.foo", "ix@betelgeuse.example");
  expect((await terraform.plan()).json.resource_changes?.[0]?.change.actions).toEqual(["no-op"]);
  await terraform.destroy();
  expect(usersOf(terraform.directory)).toEqual({});
});

test("defaults inside of a set stay with their member", async () => {
  const set = (...values: string[]) =>
    `resource "framework_set_nested_attribute_with_defaults" "test" {\n  set = [${values.join(", ")}]\n}\n`;
  const terraform = await cornerWorkspace(set('{ value = "one" }', '{ value = "two" }', '{ default_value = "mine" }', "{}"));
  await terraform.apply();
  const { set: stored } = await terraform.attributes("framework_set_nested_attribute_with_defaults.test");
  const standard = "this is a default";
  expect(stored).toHaveLength(4);
  expect(stored).toEqual(
    expect.arrayContaining([
      { value: "one", default_value: standard },
      { value: "two", default_value: standard },
      { value: "zero", default_value: "mine" },
      { value: "zero", default_value: standard },
    ]),
  );
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.write(set('{ value = "two" }', '{ value = "three" }'));
  await terraform.apply();
  expect((await terraform.attributes("framework_set_nested_attribute_with_defaults.test")).set).toHaveLength(2);
  expect((await terraform.plan()).changes).toBe(false);
});

test("a provider that runs already is attached to, for a debugger", async () => {
  const directory = await temporaryDirectory("debug");
  const child = spawn(process.execPath, [await cornerExecutable(), "--debug"], {
    env: { PATH: process.env.PATH, CORNER_USERS_FILE: join(directory, "users.json") },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const reattach = /^TF_REATTACH_PROVIDERS='(.*)'$/m.exec(line.toString())?.[1] ?? "";
    expect(JSON.parse(reattach)).toEqual({
      "registry.terraform.io/hashicorp/framework": expect.objectContaining({ Protocol: "grpc", ProtocolVersion: 6, Pid: child.pid }),
    });
    const terraform = await attachedWorkspace(user(), { TF_REATTACH_PROVIDERS: reattach });
    await terraform.apply();
    expect(Object.keys(usersOf(directory))).toEqual(["ford@prefect.co"]);
    expect((await terraform.plan()).changes).toBe(false);
    await terraform.destroy();
    expect(child.exitCode).toBeNull();
  } finally {
    child.kill("SIGINT");
  }
  expect(await once(child, "exit")).toEqual([0, null]);
});

testSince({ terraform: "1.8", tofu: "1.7" })(
  "functions of every type, with any number of arguments, and errors that point at one",
  async () => {
    const outputs: Readonly<Record<string, string>> = {
      bool: "bool(true)",
      dynamic: 'dynamic({ a = [1, "b"] })',
      dynamic_variadic: 'dynamic_variadic(1, "b", [true])',
      dynamic_none: "dynamic_variadic()",
      float32: "float32(1.25)",
      int32: "int32(-2147483648)",
      int64: "int64(9007199254740993)",
      list: 'list(["a", null])',
      map: "map({ a = null })",
      number: "number(0.1)",
      object: 'object({ attr1 = "a", attr2 = null })',
      object_with_dynamic: 'object_with_dynamic({ dynamic_attr1 = 1, dynamic_attr2 = ["x"] })',
      set: 'set(["b", "a", "b"])',
      string: 'string("ü")',
      variadic: 'variadic("a", "b")',
    };
    const configured = Object.entries(outputs).map(([name, call]) => `output "${name}" {\n  value = provider::framework::${call}\n}\n`);
    const terraform = await cornerWorkspace(
      `terraform {\n  required_providers {\n    framework = {\n      source = "hashicorp/framework"\n    }\n  }\n}\n${configured.join("")}`,
    );
    await terraform.apply();
    const shown = (await terraform.run(["output", "-json"])).stdout;
    expect(shown).toContain("9007199254740993");
    expect(await terraform.outputs()).toMatchObject({
      bool: true,
      dynamic: { a: [1, "b"] },
      dynamic_variadic: [1, "b", [true]],
      dynamic_none: [],
      float32: 1.25,
      int32: -2147483648,
      list: ["a", null],
      map: { a: null },
      number: 0.1,
      object: { attr1: "a", attr2: null },
      object_with_dynamic: { dynamic_attr1: 1, dynamic_attr2: ["x"] },
      set: ["a", "b"],
      string: "ü",
      variadic: ["a", "b"],
    });
    for (const call of ["int32(2147483648)", "int64(1.5)", "float32(3.5e38)", "float32(1e-46)", "float64(1e400)"]) {
      await terraform.write({ "wrong.tf": `output "wrong" {\n  value = provider::framework::${call}\n}\n` });
      expect(await terraform.failingPlan()).toContain("Invalid function argument");
    }
  },
);

test("a number keeps its digits", async () => {
  const terraform = await cornerWorkspace(
    'resource "framework_float64_precision" "a" {\n  float64_attribute = 0.123456789012345678901234567890\n}\nresource "framework_float64_precision" "b" {\n  float64_attribute = 340282346638528859811704183484516925440\n}\n',
  );
  await terraform.apply();
  expect((await terraform.plan()).changes).toBe(false);
  const shown = (await terraform.run(["state", "pull"])).stdout;
  expect(shown).toContain("340282346638528859811704183484516925440");
});

test("every type of attribute and every kind of block keeps what it is given, null and nested", async () => {
  const terraform = await cornerWorkspace(`resource "framework_schema" "test" {
  dynamic_attribute = { a = [1, "b", null] }
  int64_attribute = 9007199254740993
  list_nested_attribute = [{ list_nested_attribute_attribute = "a" }, {}]
  map_nested_attribute = { k = { map_nested_attribute_attribute = "v" } }
  object_attribute = { object_attribute_attribute = null }
  object_attribute_with_dynamic = { dynamic_attribute = [1] }
  set_attribute = ["b", "a"]
  single_nested_attribute_with_dynamic = { dynamic_attribute = true }
  list_nested_block { list_nested_block_attribute = "one" }
  list_nested_block {}
  set_nested_block { set_nested_block_attribute = "x" }
  single_nested_block { single_nested_block_attribute = "y" }
}
`);
  await terraform.apply();
  expect(await terraform.attributes("framework_schema.test")).toMatchObject({
    dynamic_attribute: { a: [1, "b", null] },
    list_nested_block: [{ list_nested_block_attribute: "one" }, { list_nested_block_attribute: null }],
    set_nested_block: [{ set_nested_block_attribute: "x" }],
    single_nested_block: { single_nested_block_attribute: "y" },
    single_nested_block_with_dynamic: null,
    object_attribute: { object_attribute_attribute: null },
  });
  expect((await terraform.plan()).changes).toBe(false);
  // A dynamic attribute may change its type.
  await terraform.write('resource "framework_schema" "test" {\n  dynamic_attribute = "a text now"\n}\n');
  expect((await terraform.plan()).json.resource_changes?.[0]?.change.actions).toEqual(["update"]);
  await terraform.apply();
  expect(await terraform.attributes("framework_schema.test")).toMatchObject({
    dynamic_attribute: "a text now",
    list_nested_block: [],
    set_nested_block: [],
  });
  expect((await terraform.plan()).changes).toBe(false);
});

test("defaults inside of a set of blocks stay with their block", async () => {
  const terraform = await cornerWorkspace(
    'resource "framework_set_nested_block_with_defaults" "test" {\n  set { value = "one" }\n  set { value = "two" }\n  set { default_value = "mine" }\n}\n',
  );
  await terraform.apply();
  expect((await terraform.attributes("framework_set_nested_block_with_defaults.test")).set).toEqual(
    expect.arrayContaining([
      { value: "one", default_value: "this is a default" },
      { value: "two", default_value: "this is a default" },
      { value: "zero", default_value: "mine" },
    ]),
  );
  expect((await terraform.plan()).changes).toBe(false);
});

testSince({ terraform: "1.10", tofu: "1.11" })("an ephemeral resource is renewed while a long apply uses it", async () => {
  const terraform = await cornerWorkspace(
    `ephemeral "framework_lifecycle" "test" {
  name = "test"
}
resource "terraform_data" "slow" {
  provisioner "local-exec" {
    command     = "sleep 7"
    environment = { TOKEN = ephemeral.framework_lifecycle.test.token }
  }
}
`,
  );
  const { log } = await terraform.traced((options) => terraform.apply([], options));
  expect(log).toContain("RenewEphemeralResource");
});

const WRITE_ONLY = `resource "framework_writeonly" "test" {
  writeonly_string = "secret-one"
  writeonly_list   = ["secret-two"]
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

testSince({ terraform: "1.11", tofu: "1.11" })(
  "what is write-only is stored nowhere, at every depth, whatever the callbacks return",
  async () => {
    const terraform = await cornerWorkspace(WRITE_ONLY);
    await terraform.apply();
    expect(await terraform.attributes("framework_writeonly.test")).toMatchObject({
      computed_attr: "computed_val",
      writeonly_string: null,
      nested_map: { key: { string_attr: "kept", writeonly_float64: null } },
      nested_block_list: [{ string_attr: "kept", writeonly_string: null, double_nested_object: { bool_attr: true, writeonly_bool: null } }],
    });
    expect((await terraform.run(["state", "pull"])).stdout).not.toContain("secret-");
    expect((await terraform.plan()).changes).toBe(false);
  },
);

(engineHas({ terraform: "1.11", tofu: "1.11" }) ? test.skip : test)(
  "an engine that would store what is write-only is refused",
  async () => {
    const terraform = await cornerWorkspace(WRITE_ONLY);
    expect(await terraform.failingPlan()).toContain("Write-only attribute not supported");
  },
);

testSince({ terraform: "1.11", tofu: "1.11" })("one argument in two forms: stored, or sent again when its version says so", async () => {
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

testSince({ terraform: "1.11", tofu: "1.11" })("a value that is needed once is asked for once", async () => {
  const once = (more: string) => `resource "framework_writeonce" "test" {\n  trigger_attr = "a"\n  ${more}\n}\n`;
  const terraform = await cornerWorkspace(once(""));
  expect(await terraform.failingPlan()).toContain("Attribute Required when Creating");
  await terraform.write(once('writeonce_string = "x"'));
  await terraform.apply();
  await terraform.write(once(""));
  expect((await terraform.plan()).changes).toBe(false);
});
