import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cornerWorkspace } from "../../support/corner.js";
import { testSince } from "../../support/engine.js";
import { temporaryDirectory } from "../../support/run-directory.js";

const since = testSince({ terraform: "1.10", tofu: "1.11" });

since("what is ephemeral is opened, renewed when it says so as long as it is in use, and closed", async () => {
  const file = join(await temporaryDirectory("lifecycle"), "events");
  const terraform = await cornerWorkspace(
    `ephemeral "framework_lifecycle" "test" {
  name = "test"
}
resource "terraform_data" "user" {
  provisioner "local-exec" {
    command     = "test \\"$TOKEN\\" = fake-token-12345 && until grep -q 'renew test 2' ${file}; do sleep 0.1; done"
    environment = { TOKEN = ephemeral.framework_lifecycle.test.token }
  }
}
`,
    { CORNER_LIFECYCLE_FILE: file, CORNER_RENEW_MS: "200" },
  );
  const events = () => readFileSync(file, "utf8").trim().split("\n");
  const { file: planned } = await terraform.plan();
  expect(events()).toEqual(["open test", "close test 0"]);
  await terraform.apply([planned]);
  const [opened, ...renewed] = events().slice(2);
  const closed = renewed.pop();
  expect([opened, closed]).toEqual(["open test", `close test ${renewed.length}`]);
  expect(renewed.length).toBeGreaterThanOrEqual(2);
  expect(renewed).toEqual(renewed.map((_, index) => `renew test ${index + 1}`));
  expect((await terraform.run(["state", "pull"])).stdout).not.toContain("fake-token");
});

testSince({ terraform: "1.11", tofu: "1.11" })("an ephemeral resource gives back what it is given, of every type", async () => {
  const terraform = await cornerWorkspace(`ephemeral "framework_schema" "test" {
  dynamic_attribute    = { a = [1, "b"] }
  int64_attribute      = 9007199254740993
  map_nested_attribute = { k = { map_nested_attribute_attribute = "v" } }
  list_nested_block { list_nested_block_attribute = "one" }
}
locals {
  given = ephemeral.framework_schema.test
}
resource "framework_writeonce" "test" {
  trigger_attr     = "a"
  writeonce_string = jsonencode([
    local.given.dynamic_attribute, local.given.int64_attribute, local.given.map_nested_attribute, local.given.list_nested_block,
    local.given.set_nested_block, local.given.single_nested_block, local.given.string_attribute,
  ]) == jsonencode([
    { a = [1, "b"] }, 9007199254740993, { k = { map_nested_attribute_attribute = "v" } }, [{ list_nested_block_attribute = "one" }],
    [], null, null,
  ]) ? "as given" : null
}
`);
  await terraform.apply();
});

since("what is wrong with the configuration of an ephemeral resource is told at its place", async () => {
  const terraform = await cornerWorkspace('ephemeral "framework_schema" "test" {\n  int32_attribute = 0.5\n}\n');
  const told = await terraform.failingPlan();
  expect(told).toContain("Invalid value");
  expect(told).toContain("2:   int32_attribute = 0.5");
});
