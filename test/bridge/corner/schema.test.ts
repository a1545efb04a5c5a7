import { sharedCorner } from "../../support/corner.js";

const corner = sharedCorner();

test("every type of attribute and every kind of block keeps what it is given, null and nested", async () => {
  const terraform = await corner(`resource "framework_schema" "test" {
  bool_attribute = false
  int64_attribute = 9007199254740993
  list_attribute = ["a", null, ""]
  list_nested_attribute = [{ list_nested_attribute_attribute = "a" }, {}]
  map_attribute = { "" = "empty", "ü\\"\${1}" = null }
  map_nested_attribute = { k = { map_nested_attribute_attribute = "v" }, none = {} }
  object_attribute = { object_attribute_attribute = null }
  set_attribute = ["b", "a", "b"]
  set_nested_attribute = [{ set_nested_attribute_attribute = "x" }, {}]
  single_nested_attribute = {}
  string_attribute = ""
  list_nested_block { list_nested_block_attribute = "one" }
  list_nested_block {}
  set_nested_block { set_nested_block_attribute = "x" }
  single_nested_block { single_nested_block_attribute = "y" }
}
`);
  await terraform.apply();
  const state = await terraform.attributes("framework_schema.test");
  expect(state).toMatchObject({
    bool_attribute: false,
    list_attribute: ["a", null, ""],
    list_nested_attribute: [{ list_nested_attribute_attribute: "a" }, { list_nested_attribute_attribute: null }],
    map_attribute: { "": "empty", 'ü"1': null },
    map_nested_attribute: { k: { map_nested_attribute_attribute: "v" }, none: { map_nested_attribute_attribute: null } },
    number_attribute: null,
    object_attribute: { object_attribute_attribute: null },
    set_attribute: ["a", "b"],
    single_nested_attribute: { single_nested_attribute_attribute: null },
    string_attribute: "",
    list_nested_block: [{ list_nested_block_attribute: "one" }, { list_nested_block_attribute: null }],
    set_nested_block: [{ set_nested_block_attribute: "x" }],
    single_nested_block: { single_nested_block_attribute: "y" },
    single_nested_block_with_dynamic: null,
  });
  expect(state.set_nested_attribute).toHaveLength(2);
  expect((await terraform.plan()).changes).toBe(false);

  await terraform.write('resource "framework_schema" "test" {\n  list_attribute = []\n  map_attribute = {}\n}\n');
  await terraform.apply();
  const emptied = await terraform.attributes("framework_schema.test");
  expect(emptied).toMatchObject({
    list_attribute: [],
    map_attribute: {},
    list_nested_block: [],
    set_nested_block: [],
    single_nested_block: null,
  });
  expect(Object.values(emptied).filter((value) => value !== null)).toHaveLength(4);
  expect((await terraform.plan()).changes).toBe(false);
});

test("an attribute of every kind, given and computed", async () => {
  const configuration = (text: string) => `resource "framework_tfsdk_reflection" "test" {
  config_bool = false
  config_dynamic = { a = 1 }
  config_float64 = 1.5
  config_int64 = 5
  config_list = ["a"]
  config_map = { k = "v" }
  config_map_nested = { k = { nested_string = "v" } }
  config_object = { nested_string = "o" }
  config_single_nested = { nested_string = "s" }
  config_string = "${text}"
  config_set_nested_block { nested_string = "b" }
  computed_list_nested_block {}
  computed_list_nested_block {}
}
`;
  const terraform = await corner(configuration("one"));
  await terraform.apply();
  const made = await terraform.attributes("framework_tfsdk_reflection.test");
  expect(made).toMatchObject({
    computed_bool: true,
    computed_dynamic: "dynamic string",
    computed_list: ["computed", "list"],
    computed_map_nested: { key6: { nested_string: "val6" }, key7: { nested_string: "val7" } },
    computed_single_nested: { nested_string: "computed string" },
    computed_list_nested_block: [{ nested_string: "computed string one" }, { nested_string: "computed string two" }],
  });
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.write(configuration("two"));
  const change = (await terraform.plan()).json.resource_changes?.[0]?.change;
  expect(change?.actions).toEqual(["update"]);
  expect(JSON.stringify(change?.after_unknown)).not.toContain("true");
  await terraform.apply();
  expect(await terraform.attributes("framework_tfsdk_reflection.test")).toEqual({ ...made, config_string: "two" });
});

test("defaults inside of a set, of attributes and of blocks, stay with their member", async () => {
  const attributes = (...values: string[]) =>
    `resource "framework_set_nested_attribute_with_defaults" "test" {\n  set = [${values.map((value) => `{ ${value} }`).join(", ")}]\n}\n`;
  const blocks = (...values: string[]) =>
    `resource "framework_set_nested_block_with_defaults" "test" {\n${values.map((value) => `  set {\n    ${value}\n  }\n`).join("")}}\n`;
  const both = (...values: string[]) => attributes(...values) + blocks(...values);
  const terraform = await corner(both('value = "one"', 'value = "two"', 'default_value = "mine"', ""));
  const sets = async () => [...(await terraform.state()).values()].map(({ values }) => values.set);
  await terraform.apply();
  const standard = "this is a default";
  expect(await sets()).toHaveLength(2);
  for (const set of await sets()) {
    expect(set).toHaveLength(4);
    expect(set).toEqual(
      expect.arrayContaining([
        { value: "one", default_value: standard },
        { value: "two", default_value: standard },
        { value: "zero", default_value: "mine" },
        { value: "zero", default_value: standard },
      ]),
    );
  }
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.write(both('value = "two"', 'value = "three"'));
  await terraform.apply();
  for (const set of await sets()) expect(set).toHaveLength(2);
  expect((await terraform.plan()).changes).toBe(false);
});
