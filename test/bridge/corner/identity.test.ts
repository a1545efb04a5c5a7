import { sharedCorner } from "../../support/corner.js";
import { testSince } from "../../support/engine.js";

const corner = sharedCorner();
const since = testSince({ terraform: "1.12", tofu: "1.12" });
const ADDRESS = "framework_identity.test";
const named = (name: string) => `resource "framework_identity" "test" {\n  name = "${name}"\n}\n`;
const imported = (by: string) => `import {\n  to = ${ADDRESS}\n  ${by}\n}\n${named("tom")}`;

test.each([
  ["in full", "id-123/tom"],
  ["without what may be left out", "id-123"],
])("an import by a text, %s", async (_, id) => {
  const terraform = await corner(named("tom"));
  await terraform.import(ADDRESS, id);
  expect(await terraform.attributes(ADDRESS)).toEqual({ id: "id-123", name: "tom" });
  expect((await terraform.plan()).changes).toBe(false);
});

test.each(["", "/tom", "id-123/", "id-123/tom/more"])("an import by the text %p says what form it has", async (id) => {
  const terraform = await corner(named("tom"));
  const { text } = await terraform.import(ADDRESS, id, { expect: 1 });
  if (id !== "") expect(text.replaceAll(/\s+│?\s*/g, " ")).toContain(`Expected id[/name], got "${id}".`);
});

since.each([
  ["in full", 'identity = {\n    id = "id-123"\n    name = "tom"\n  }'],
  ["without what may be left out", 'identity = {\n    id = "id-123"\n  }'],
  ["by its text", 'id = "id-123"'],
])("an import block with an identity, %s", async (_, by) => {
  const terraform = await corner(imported(by));
  const { json, file } = await terraform.plan();
  expect(json.resource_changes).toMatchObject([{ address: ADDRESS, change: { actions: ["no-op"], importing: {} } }]);
  await terraform.apply([file]);
  expect((await terraform.state()).get(ADDRESS)).toMatchObject({
    values: { id: "id-123", name: "tom" },
    identity: { id: "id-123", name: "tom" },
    identity_schema_version: 0,
  });
  expect((await terraform.plan()).changes).toBe(false);
});

since.each([
  ["without what is needed", 'identity = {\n    name = "tom"\n  }', /attribute "?id"? (is required|must)|required/],
  ["of an object that is not there", 'identity = {\n    id = "id-124"\n  }', /Expected the id id-123, got id-124/],
])("an import block with an identity %s is refused", async (_, by, told) => {
  const terraform = await corner(imported(by));
  expect((await terraform.failingPlan()).replaceAll(/\s+│?\s*/g, " ")).toMatch(told);
});

since("an identity is stored with its object, and lasts", async () => {
  const terraform = await corner(named("tom"));
  await terraform.apply();
  expect((await terraform.state()).get(ADDRESS)).toMatchObject({ identity: { id: "id-123", name: "tom" } });
  expect((await terraform.plan()).changes).toBe(false);
});

test("a resource that changes the identity of its object is told so, with attribute and resource", async () => {
  const terraform = await corner(named("jerry"));
  await terraform.apply();
  // This one calls all of them tom when it reads them.
  const told = (await terraform.failingPlan()).replaceAll(/\s+│?\s*/g, " ");
  expect(told).toContain("Unexpected Identity Change");
  expect(told).toContain("framework_identity changed name, which is part of its identity.");
  expect(await terraform.attributes(ADDRESS)).toEqual({ id: "id-123", name: "jerry" });
});
