import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createOrg } from "../support/organization.js";
import { temporaryDirectory } from "../support/run-directory.js";
import { useSandbox } from "../support/server.js";
import { type Workspace, workspace } from "../support/terraform.js";
import { command } from "./command.js";

let now = Date.parse("2031-01-01T00:00:00.000Z");
const server = useSandbox({ now: () => new Date(now) });

async function checked(terraform: Workspace, ...args: string[]) {
  const directory = await temporaryDirectory("plan-check");
  const path = join(directory, "plan.json");
  await writeFile(path, JSON.stringify((await terraform.plan()).json));
  return command(["plan-check", "--only", "rotation", ...args, path], { directory });
}

test("a plan that rotates and retires by age passes, and anything else is told with exit code 3", async () => {
  const orgId = await createOrg(server.env);
  const configuration = (name: string, more = "") =>
    `resource "pangolin_api_key" "ci" {\n  org_id = "${orgId}"\n  name = "${name}"\n  rotate_after = "30d"\n  ${more}\n}\nresource "terraform_data" "consumer" { input = pangolin_api_key.ci.key_id }\n`;
  const terraform = await workspace(configuration("ci"), server.env);
  expect(await checked(terraform)).toMatchObject({ exitCode: 3, stdout: expect.stringContaining("pangolin_api_key.ci: create") });
  await terraform.apply();
  expect(await checked(terraform)).toMatchObject({ exitCode: 0, stderr: "Nothing changes." });
  now += 31 * 86_400_000;
  expect(await checked(terraform)).toMatchObject({ exitCode: 3, stdout: "terraform_data.consumer: update" });
  expect(await checked(terraform, "--allow", "terraform_data.consumer")).toMatchObject({ exitCode: 0 });
  await terraform.apply();
  now += 4 * 86_400_000;
  expect(await checked(terraform)).toMatchObject({ exitCode: 0, stderr: "1 changes, and nothing but rotation." });
  await terraform.write(configuration("renamed", 'permissions = ["getOrg"]'));
  expect(await checked(terraform, "--allow", "terraform_data.consumer")).toMatchObject({
    exitCode: 3,
    stdout: "pangolin_api_key.ci: update, with another name, permissions",
  });
});

test("what is no plan is told", async () => {
  const directory = await temporaryDirectory("plan-check");
  expect(await command(["plan-check", "--only", "rotation", join(directory, "none.json")], { directory })).toMatchObject({ exitCode: 1 });
  expect(await command(["plan-check", "none.json"], { directory })).toMatchObject({ exitCode: 2 });
});
