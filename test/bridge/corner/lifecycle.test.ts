import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cornerWorkspace, runCorner } from "../../support/corner.js";

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

test("a provider that runs already is attached to, for a debugger, and ends when it is interrupted", async () => {
  const corner = await runCorner();
  try {
    expect(corner.reattach).toEqual({
      "registry.terraform.io/hashicorp/framework": expect.objectContaining({ Protocol: "grpc", ProtocolVersion: 6, Pid: corner.pid }),
    });
    const terraform = await corner.workspace(user());
    await terraform.apply();
    expect((await terraform.plan()).changes).toBe(false);
    await terraform.destroy();
    expect(() => process.kill(corner.pid as number, 0)).not.toThrow();
  } finally {
    expect(await corner.end()).toEqual([0, null]);
  }
});
