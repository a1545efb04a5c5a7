import { readFileSync } from "node:fs";
import { join } from "node:path";
import { cornerWorkspace } from "../../support/corner.js";
import { testSince } from "../../support/engine.js";

const user = (name: string, language: string) =>
  `resource "framework_user" "${name}" {\n  email = "${name}@h2g2.example"\n  name = "${name}"\n  age = 42\n  language = "${language}"\n}\n`;
const query = (more: string) => `provider "framework" {}\nlist "framework_user" "all" {\n  provider = framework\n  ${more}\n}\n`;
const found = (stdout: string) =>
  stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as { type: string; list_resource_found?: Record<string, unknown> })
    .flatMap(({ list_resource_found }) => list_resource_found ?? []);

testSince({ terraform: "1.14" })("terraform query lists objects, and writes the configuration that imports them", async () => {
  const terraform = await cornerWorkspace({
    "main.tf": ["arthur", "ford", "marvin"].map((name, index) => user(name, index === 1 ? "es" : "en")).join(""),
  });
  await terraform.apply();

  await terraform.write({ "main.tf": "", "all.tfquery.hcl": query("") });
  const all = found((await terraform.run(["query", "-json"])).stdout);
  expect(all).toHaveLength(3);
  expect(all).toContainEqual(expect.objectContaining({ display_name: "ford", identity: { email: "ford@h2g2.example" } }));
  expect(JSON.stringify(all)).not.toContain("resource_object");

  await terraform.write({ "all.tfquery.hcl": query("limit = 2") });
  expect(found((await terraform.run(["query", "-json"])).stdout)).toHaveLength(2);

  await terraform.write({ "all.tfquery.hcl": query('include_resource = true\n  config {\n    language = "es"\n  }') });
  const spanish = found((await terraform.run(["query", "-json"])).stdout);
  expect(spanish).toEqual([expect.objectContaining({ resource_object: expect.objectContaining({ name: "ford", age: 42 }) })]);

  await terraform.run(["query", "-generate-config-out=generated.tf"]);
  const generated = readFileSync(join(terraform.directory, "generated.tf"), "utf8");
  expect(generated).toContain('language = "es"');
  expect(generated).not.toContain("date_joined");

  await terraform.write({ "all.tfquery.hcl": query("config {\n    language = 7\n    planet = 1\n  }") });
  expect((await terraform.run(["query"], { expect: 1 })).stderr).toContain("planet");
});
