import { sharedCorner } from "../../support/corner.js";
import { testSince } from "../../support/engine.js";

const corner = sharedCorner();
const since = testSince({ terraform: "1.8", tofu: "1.7" });
const output = (name: string, value: string) => `output "${name}" {\n  value = ${value}\n}\n`;
const call = (text: string) => `provider::framework::${text}`;

since("functions of every type, with any number of arguments", async () => {
  const outputs: Readonly<Record<string, readonly [string, unknown]>> = {
    bool: ["bool(true)", true],
    double: ["double(1/3)", 1 / 3],
    double_computed: ["double(3 * 1.1 - 3)", 0.3],
    float64_computed: ["float64(1/3)", 1 / 3],
    dynamic: ['dynamic({ a = [1, "b"] })', { a: [1, "b"] }],
    dynamic_list: ['dynamic(tolist(["a"]))', ["a"]],
    dynamic_variadic: ['dynamic_variadic(1, "b", [true])', [1, "b", [true]]],
    dynamic_none: ["dynamic_variadic()", []],
    float32: ["float32(1.25)", 1.25],
    float64: ["float64(0.1)", 0.1],
    int32: ["int32(-2147483648)", -2147483648],
    list: ['list(["a", null])', ["a", null]],
    list_empty: ["list([])", []],
    map: ["map({ a = null })", { a: null }],
    number: ["number(0.1)", 0.1],
    object: ['object({ attr1 = "a", attr2 = null })', { attr1: "a", attr2: null }],
    object_with_dynamic: [
      'object_with_dynamic({ dynamic_attr1 = 1, dynamic_attr2 = ["x", null] })',
      { dynamic_attr1: 1, dynamic_attr2: ["x", null] },
    ],
    set: ['set(["b", "a", "b"])', ["a", "b"]],
    string: ['string("ü")', "ü"],
    converted: ["string(1)", "1"],
    variadic: ['variadic("a", "b")', ["a", "b"]],
    variadic_none: ["variadic()", []],
    inner: [`list(${call('variadic("a", "b")')})`, ["a", "b"]],
    nullable: ['nullable("a")', "a"],
    refusing: ['refusing("a", "b")', 2],
  };
  const terraform = await corner(
    Object.entries(outputs)
      .map(([name, [text]]) => output(name, call(text)))
      .join("") + output("int64", call("int64(9007199254740993)")),
  );
  await terraform.apply();
  expect(await terraform.outputs()).toMatchObject(Object.fromEntries(Object.entries(outputs).map(([name, [, value]]) => [name, value])));
  expect((await terraform.run(["output", "int64"])).stdout.trim()).toBe("9007199254740993");
  expect((await terraform.plan()).changes).toBe(false);
});

since("null is given to a function that takes it, and may be what it gives back", async () => {
  const terraform = await corner(output("null", `${call("nullable(null)")} == null`));
  await terraform.apply();
  expect(await terraform.outputs()).toEqual({ null: true });
});

since("an argument that is not known yet makes the result unknown, of the function's type", async () => {
  const terraform = await corner(
    `resource "terraform_data" "source" {\n  input = "later"\n}\n${output("later", call("string(terraform_data.source.id)"))}${output(
      "length",
      `length(${call('variadic("a", terraform_data.source.id)')}) > 0`,
    )}`,
  );
  const { file } = await terraform.plan();
  await terraform.apply([file]);
  expect(await terraform.outputs()).toEqual({ later: (await terraform.attributes("terraform_data.source")).id, length: true });
});

since("what a function refuses is an error that names the argument", async () => {
  const refused: readonly (readonly [string, string, string?])[] = [
    ["int32(2147483648)", "int32_param"],
    ["int32(0.5)", "int32_param"],
    ["int64(9223372036854775808)", "int64_param"],
    ["int64(1.5)", "int64_param"],
    ["float32(3.5e38)", "float32_param"],
    ["float32(1e-46)", "float32_param"],
    ["float64(1e400)", "float64_param"],
    ["double(4/3)", "double_param", "Too big: expected number to be <1."],
    ["double(1e400)", "double_param", "A number in the range of 64 bits is expected."],
    ["int32(1/3 + 2/3 - 1e-100)", "int32_param", "Invalid input: expected int, received number."],
    ["string(null)", "string_param"],
    ['bool("maybe")', "bool_param"],
    ['variadic("a", null)', "variadic_param"],
    ["object({ attr1 = 1 })", "object_param"],
    ['refusing("", "b")', "first_param", "A text is empty."],
    ['refusing("a", "b", "")', "more_param", "A text is empty."],
  ];
  const terraform = await corner(refused.map(([text], index) => output(`wrong_${index}`, call(text))).join(""));
  const told = (await terraform.failingPlan()).replaceAll(/\s+│?\s*/g, " ");
  expect(told.match(/Error: Invalid function argument/g)).toHaveLength(refused.length);
  for (const [index, [, parameter, words = ""]] of refused.entries())
    expect(told.slice(told.indexOf(`in output "wrong_${index}"`)).split("Error:")[0]).toContain(
      `Invalid value for "${parameter}" parameter: ${words}`,
    );
});
