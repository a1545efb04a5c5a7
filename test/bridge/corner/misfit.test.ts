import { cornerWorkspace } from "../../support/corner.js";

const misfit = (wrong: string) => `resource "framework_misfit" "it" {\n  name  = "one"\n  wrong = "${wrong}"\n}\n`;

test.each<[string, string, object]>([
  ["dynamic", "any: a JavaScript string is no any type", { any: null }],
  ["type", "size: a JavaScript string is no number", { size: null }],
  ["getter", "size: it cannot be read: the size cannot be read", { size: null }],
  ["comparison", "could not compare the value of text with the one before", { text: "there" }],
  ["private", 'keeps "counter" in its private state', {}],
])("an object that was created and is answered for wrongly (%s) is in the state, tainted", async (wrong, told, differs) => {
  const terraform = await cornerWorkspace(misfit(wrong));
  const { text } = await terraform.apply([], { expect: 1 });
  expect(text.replaceAll(/\s+│?\s*/g, " ")).toContain(told);
  expect(text).toContain("with framework_misfit.it");
  expect(text).not.toContain("Unexpected error");
  expect(await terraform.attributes("framework_misfit.it")).toMatchObject({ name: "one", size: 1, id: "id-of-one", ...differs });
  expect((await terraform.plan()).json.resource_changes?.[0]?.change.actions).toEqual(["delete", "create"]);
});
