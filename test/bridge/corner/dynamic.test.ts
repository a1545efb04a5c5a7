import { sharedCorner } from "../../support/corner.js";

const corner = sharedCorner();

test("a dynamic attribute may have another type in each plan, and keeps what it is given", async () => {
  const terraform = await corner("");
  const given: readonly (readonly [string, unknown])[] = [
    ['"a text"', "a text"],
    ["7", 7],
    ['"7"', "7"],
    ["true", true],
    ['[1, "b", null]', [1, "b", null]],
    ['tolist(["1", "b"])', ["1", "b"]],
    ['{ a = [1, { b = "c" }], d = null }', { a: [1, { b: "c" }], d: null }],
    ['tomap({ a = "1" })', { a: "1" }],
    ["toset([2, 1])", [1, 2]],
    ["[]", []],
    ["{}", {}],
    ["null", null],
    ["9007199254740993", 9007199254740993n],
  ];
  for (const [written, value] of given) {
    await terraform.write(`resource "framework_schema" "test" {\n  dynamic_attribute = ${written}\n}\n`);
    await terraform.apply();
    if (typeof value === "bigint") expect((await terraform.run(["state", "pull"])).stdout).toContain(String(value));
    else expect((await terraform.attributes("framework_schema.test")).dynamic_attribute).toEqual(value);
    expect([written, (await terraform.plan()).changes]).toEqual([written, false]);
  }
});

test("objects, nested attributes and blocks with a dynamic member", async () => {
  const configuration = (value: string) => `resource "framework_schema" "test" {
  object_attribute_with_dynamic = { dynamic_attribute = ${value} }
  single_nested_attribute_with_dynamic = { dynamic_attribute = ${value} }
  single_nested_block_with_dynamic { dynamic_attribute = ${value} }
}
`;
  const terraform = await corner("");
  for (const [written, value] of [
    ["1", 1],
    ['["a", { b = null }]', ["a", { b: null }]],
    ["null", null],
  ] as const) {
    await terraform.write(configuration(written));
    await terraform.apply();
    expect(await terraform.attributes("framework_schema.test")).toMatchObject({
      object_attribute_with_dynamic: { dynamic_attribute: value },
      single_nested_attribute_with_dynamic: { dynamic_attribute: value },
      single_nested_block_with_dynamic: { dynamic_attribute: value },
    });
    expect((await terraform.plan()).changes).toBe(false);
  }
});

test("a dynamic value that is not known yet, with and without a type, and in part", async () => {
  const terraform = await corner(`resource "terraform_data" "source" {
  input = "known later"
}
resource "framework_schema" "typed" {
  dynamic_attribute = terraform_data.source.id
}
resource "framework_schema" "untyped" {
  dynamic_attribute = terraform_data.source.output
}
resource "framework_schema" "part" {
  dynamic_attribute = { id = terraform_data.source.id, output = [terraform_data.source.output], known = 1 }
}
`);
  const { json, file } = await terraform.plan();
  const part = json.resource_changes?.find(({ address }) => address === "framework_schema.part")?.change;
  expect(part?.after?.dynamic_attribute).toMatchObject({ known: 1 });
  expect(part?.after_unknown.dynamic_attribute).toEqual({ id: true, output: [true] });
  await terraform.apply([file]);
  expect((await terraform.attributes("framework_schema.untyped")).dynamic_attribute).toBe("known later");
  const { dynamic_attribute: id } = await terraform.attributes("framework_schema.typed");
  expect((await terraform.attributes("framework_schema.part")).dynamic_attribute).toEqual({ id, output: ["known later"], known: 1 });
  expect((await terraform.plan()).changes).toBe(false);
});

test("a provider may decide on a value of another type with each change", async () => {
  const configuration = (value: string) => `resource "framework_dynamic_computed_type_change" "test" {\n  required_dynamic = ${value}\n}\n`;
  const terraform = await corner(configuration('"a"'));
  const decided = async () => (await terraform.attributes("framework_dynamic_computed_type_change.test")).computed_dynamic_type_changes;
  await terraform.apply();
  expect(await decided()).toBe(true);
  await terraform.write(configuration("[1]"));
  expect((await terraform.plan()).json.resource_changes?.[0]?.change.after_unknown).toMatchObject({ computed_dynamic_type_changes: true });
  await terraform.apply();
  expect(await decided()).toBe(200);
  expect((await terraform.plan()).changes).toBe(false);
});
