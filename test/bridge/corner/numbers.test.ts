import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cornerWorkspace, sharedCorner } from "../../support/corner.js";
import { testSince } from "../../support/engine.js";

const corner = sharedCorner();

/** One resource for each value. */
const configuration = (attribute: string, values: readonly string[]) =>
  values.map((value, index) => `resource "framework_schema" "v${index}" {\n  ${attribute} = ${value}\n}\n`).join("");

/** The numbers as they are stored, in order: JSON.parse would round them, and not every engine writes spaces. */
const storedNumbers = (state: string, attribute: string) =>
  [...state.matchAll(new RegExp(`"${attribute}":\\s*([-+.\\w]+)`, "g"))].map(([, number]) => number);

async function areKept(attribute: string, values: readonly string[]): Promise<void> {
  const terraform = await corner(configuration(attribute, values));
  await terraform.apply();
  expect(storedNumbers((await terraform.run(["state", "pull"])).stdout, attribute)).toEqual(values);
  expect((await terraform.plan()).changes).toBe(false);
}

test.each([
  ["int32_attribute", ["-2147483648", "2147483647", "0"]],
  ["int64_attribute", ["-9223372036854775808", "9223372036854775807", "9007199254740993"]],
  ["float32_attribute", ["0.1", "-0.5", "16777217"]],
  ["float64_attribute", ["0.1", "0.12345678901234567890123456789", "9007199254740993"]],
  ["number_attribute", ["0.1", "123456789012345678901234567890", "9007199254740993"]],
])("%s keeps the digits of what is in its range", areKept);

// Earlier ones send a large whole number with the precision of 64 bits, and find another one in the answer.
testSince({ terraform: "1.9", tofu: "1.9" })("the largest numbers of 32 bits are in their range", () =>
  areKept("float32_attribute", ["340282346638528859811704183484516925440", "-340282346638528859811704183484516925440"]),
);

test.each([
  ["int32_attribute", ["2147483648", "-2147483649", "0.5"]],
  ["int64_attribute", ["9223372036854775808", "-9223372036854775809", "0.5"]],
  ["float32_attribute", ["3.5e38", "-3.5e38", "1e-46"]],
  ["float64_attribute", ["1.8e308", "-1.8e308", "1e-330"]],
])("%s: what is out of its range is an error there", async (attribute, values) => {
  const terraform = await corner(configuration(attribute, values));
  const told = await terraform.failingPlan();
  expect(told.match(/Error: Invalid value/g)).toHaveLength(values.length);
  for (const value of values) expect(told).toMatch(new RegExp(`\\d+:   ${attribute} = ${value}\\n`));
});

test("what Terraform has computed with all its digits is kept with them", async () => {
  const precise = (value: string) =>
    ["32", "64"].map((bits) => `resource "framework_float${bits}_precision" "test" {\n  float${bits}_attribute = ${value}\n}\n`).join("");
  const terraform = await corner("");
  for (const [value, stored] of [
    ["1 - 0.99", /^0\.010{40,}\d+$/],
    ["1 - 0.98", /^0\.020{40,}\d+$/],
    ["0.02", /^0\.02$/],
  ] as const) {
    await terraform.write(precise(value));
    await terraform.apply();
    const state = (await terraform.run(["state", "pull"])).stdout;
    for (const attribute of ["float32_attribute", "float64_attribute"])
      expect(storedNumbers(state, attribute)).toEqual([expect.stringMatching(stored)]);
    expect((await terraform.plan()).changes).toBe(false);
  }
});

test("what Terraform computes is the nearest JavaScript number to the provider, and keeps its digits", async () => {
  const user = (age: string) => `resource "framework_user" "foo" {\n  email = "ford@prefect.co"\n  name = "Ford"\n  age = ${age}\n}\n`;
  const terraform = await cornerWorkspace(user("1/3"));
  for (const [age, stored, digits] of [
    ["1/3", 1 / 3, /^0\.3{150,}\d$/],
    ["3 * 1.1", 3.3, /^3\.3(0{100,}\d+)?$/],
  ] as const) {
    await terraform.write(user(age));
    await terraform.apply();
    expect(JSON.parse(readFileSync(join(terraform.directory, "users.json"), "utf8"))).toMatchObject({ "ford@prefect.co": { age: stored } });
    expect(storedNumbers((await terraform.run(["state", "pull"])).stdout, "age")).toEqual([expect.stringMatching(digits)]);
    expect((await terraform.plan()).changes).toBe(false);
  }
});
