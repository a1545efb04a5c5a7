import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { api, createOrg } from "../../support/organization.js";
import { temporaryDirectory } from "../../support/run-directory.js";
import { useSandbox } from "../../support/server.js";
import { type Workspace, workspace } from "../../support/terraform.js";
import { type CommandResult, command } from "../command.js";

const DAY = 86_400_000;
let now = Date.parse("2031-01-01T00:00:00.000Z");
const server = useSandbox({ now: () => new Date(now) });

async function checked(terraform: Workspace, allow: readonly string[] = [], planArgs: readonly string[] = []): Promise<CommandResult> {
  const directory = await temporaryDirectory("plan-check");
  const path = join(directory, "plan.json");
  await writeFile(path, JSON.stringify((await terraform.plan(planArgs)).json));
  return command(["plan-check", "--only", "rotation", ...allow.flatMap((address) => ["--allow", address]), path], { directory });
}

const key = (orgId: string, more = "", name = "ci") =>
  `resource "pangolin_api_key" "ci" {\n  org_id = "${orgId}"\n  name = "${name}"\n  rotate_after = "30d"\n  ${more}\n}\n`;
const grant = (orgId: string, more: string, permissions = '["getOrg"]') =>
  `resource "pangolin_api_key_grant" "reader" {\n  org_id = "${orgId}"\n  key_id = pangolin_api_key.ci.key_id\n  permissions = ${permissions}\n  ${more}\n}\n`;
const CONSUMER = 'resource "terraform_data" "consumer" { input = pangolin_api_key.ci.key_id }\n';

const PASSES = { exitCode: 0, stdout: "" };

test("a plan that rotates and retires by age passes, and anything else is told with exit code 3", async () => {
  const orgId = await createOrg(server.env);
  const terraform = await workspace(key(orgId) + CONSUMER, server.env);
  expect(await checked(terraform)).toMatchObject({ exitCode: 3, stdout: expect.stringContaining("pangolin_api_key.ci: create") });
  expect(await checked(terraform, ["terraform_data.consumer"])).toMatchObject({
    exitCode: 3,
    stdout: expect.stringContaining("terraform_data.consumer: create"),
  });
  await terraform.apply();
  expect(await checked(terraform)).toMatchObject({ ...PASSES, stderr: "Nothing changes." });
  now += 31 * DAY;
  expect(await checked(terraform)).toMatchObject({
    exitCode: 3,
    stdout: "terraform_data.consumer: update",
    stderr: expect.stringContaining("--allow terraform_data.consumer"),
  });
  expect(await checked(terraform, ["terraform_data.consumer"])).toMatchObject(PASSES);
  await terraform.apply();
  now += 4 * DAY;
  expect(await checked(terraform)).toMatchObject({ ...PASSES, stderr: "1 change, and nothing but rotation." });
  await terraform.write(key(orgId, 'permissions = ["getOrg"]', "renamed") + CONSUMER);
  expect(await checked(terraform, ["terraform_data.consumer"])).toMatchObject({
    exitCode: 3,
    stdout: "pangolin_api_key.ci: update, with another name, permissions",
  });
});

test("grants that follow a key pass, with other permissions they do not", async () => {
  const orgId = await createOrg(server.env);
  const previous = "previous_key_id = pangolin_api_key.ci.previous_key_id";
  const others = `resource "pangolin_api_key_permissions" "other" {\n  org_id = "${orgId}"\n  key_id = pangolin_api_key.other.key_id\n  previous_key_id = pangolin_api_key.other.previous_key_id\n  permissions = ["getOrg"]\n}\n`;
  const all = (permissions?: string) =>
    key(orgId) + grant(orgId, previous, permissions) + key(orgId).replace('"ci" {', '"other" {') + others;
  const terraform = await workspace(all(), server.env);
  await terraform.apply();
  expect(await checked(terraform)).toMatchObject(PASSES);
  for (const days of [31, 4]) {
    now += days * DAY;
    expect(await checked(terraform)).toMatchObject({ ...PASSES, stderr: expect.stringContaining("4 changes") });
    await terraform.apply();
    expect(await checked(terraform)).toMatchObject({ ...PASSES, stderr: "Nothing changes." });
  }
  now += 31 * DAY;
  await terraform.write(all('["getOrg", "listSites"]'));
  expect(await checked(terraform)).toMatchObject({ exitCode: 3, stdout: "pangolin_api_key_grant.reader: update" });
  await terraform.write(all().replace(grant(orgId, previous), ""));
  expect(await checked(terraform)).toMatchObject({ exitCode: 3, stdout: "pangolin_api_key_grant.reader: delete" });
});

test("a key with permissions of its own rotates and retires", async () => {
  const orgId = await createOrg(server.env);
  const terraform = await workspace(key(orgId, 'permissions = ["getOrg", "listSites"]'), server.env);
  await terraform.apply();
  for (const days of [31, 31, 4]) {
    now += days * DAY;
    expect(await checked(terraform)).toMatchObject({ ...PASSES, stderr: "1 change, and nothing but rotation." });
    await terraform.apply();
  }
  await terraform.write(key(orgId, 'grace_period = "0s"\n  permissions = ["getOrg", "listSites"]'));
  await terraform.apply();
  now += 31 * DAY;
  expect(await checked(terraform)).toMatchObject(PASSES);
});

test("outputs change with a rotation only as they are declared", async () => {
  const orgId = await createOrg(server.env);
  const module = {
    "keys/main.tf": `variable "org_id" {}\nterraform {\n  required_providers {\n    pangolin = { source = "pangolin-iac/pangolin" }\n  }\n}\n${key(orgId).replace(`"${orgId}"`, "var.org_id")}output "token" {\n  value = pangolin_api_key.ci.token\n  sensitive = true\n}\n`,
    "main.tf": [
      `module "keys" {\n  source = "./keys"\n  for_each = toset(["a"])\n  org_id = "${orgId}"\n}`,
      key(orgId),
      "locals { token = pangolin_api_key.ci.token }",
      'output "token" {\n  value = format("Bearer %s", pangolin_api_key.ci.token)\n  sensitive = true\n}',
      'output "rotate_at" {\n  value = pangolin_api_key.ci.rotate_at\n}',
      'output "module" {\n  value = module.keys["a"].token\n  sensitive = true\n}',
      'output "whole" {\n  value = pangolin_api_key.ci\n  sensitive = true\n}',
      'output "local" {\n  value = local.token\n  sensitive = true\n}',
      'output "plain" {\n  value = nonsensitive(pangolin_api_key.ci.token)\n}',
    ].join("\n"),
  };
  const terraform = await workspace(module, server.env);
  await terraform.init();
  await terraform.apply();
  expect(await checked(terraform)).toMatchObject(PASSES);
  now += 31 * DAY;
  expect(await checked(terraform)).toMatchObject({
    exitCode: 3,
    stdout: [
      "output.local: update, and the plan does not show what it refers to",
      "output.plain: update that shows a secret of the key, since it is not sensitive",
    ].join("\n"),
  });
  expect(await checked(terraform, ["output.local", "output.plain"])).toMatchObject(PASSES);
  await terraform.apply();
  now += 4 * DAY;
  expect(await checked(terraform)).toMatchObject(PASSES);
  await terraform.apply();
  now += 31 * DAY;
  await terraform.write({
    "main.tf": `${module["main.tf"].replace("value = nonsensitive(pangolin_api_key.ci.token)", 'value = "gone"')}\noutput "new" {\n  value = nonsensitive(pangolin_api_key.ci.token)\n}\n`,
  });
  expect((await checked(terraform)).stdout.split("\n")).toEqual([
    "output.local: update, and the plan does not show what it refers to",
    "output.new: create",
    "output.plain: update, and the plan does not show what it refers to",
  ]);
});

test("what somebody did in the dashboard is not passed", async () => {
  const orgId = await createOrg(server.env);
  const terraform = await workspace(key(orgId, 'permissions = ["getOrg"]'), server.env);
  await terraform.apply();
  now += 31 * DAY;
  const { key_id: keyId } = await terraform.attributes("pangolin_api_key.ci");
  await api(server.env, "POST", `/org/${orgId}/api-key/${keyId}/actions`, { actionIds: ["getOrg", "listSites"] });
  expect(await checked(terraform)).toMatchObject({ exitCode: 3, stdout: expect.stringContaining("permissions") });
  await terraform.apply();
  now += 1 * DAY;
  const { key_id: current } = await terraform.attributes("pangolin_api_key.ci");
  await api(server.env, "DELETE", `/org/${orgId}/api-key/${current}`);
  const { exitCode, stdout } = await checked(terraform);
  expect(exitCode).toBe(3);
  expect(stdout).toContain("pangolin_api_key.ci: changed outside of Terraform: last_chars");
  expect(stdout).toContain("creates a key again, since the current one was deleted outside of Terraform");
});

test("a move, an import, a trigger, -target, -replace, -refresh-only and a data source that waits are told", async () => {
  const orgId = await createOrg(server.env);
  const triggered = (value: string) => key(orgId, `rotation_triggers = { by = "${value}" }`);
  const terraform = await workspace(triggered("one"), server.env);
  await terraform.apply();
  now += 31 * DAY;
  expect(await checked(terraform)).toMatchObject(PASSES);
  expect(await checked(terraform, [], ["-target=pangolin_api_key.ci"])).toMatchObject({
    exitCode: 3,
    stdout: expect.stringContaining("plan: it is not complete"),
  });
  expect(await checked(terraform, [], ["-replace=pangolin_api_key.ci"])).toMatchObject({
    exitCode: 3,
    stdout: expect.stringContaining("pangolin_api_key.ci: delete and create"),
  });
  expect(await checked(terraform, [], ["-refresh-only"])).toMatchObject(PASSES);
  await terraform.write(
    `${triggered("one")}data "pangolin_api_keys" "all" {\n  org_ids = ["${orgId}"]\n  depends_on = [pangolin_api_key.ci]\n}\n`,
  );
  expect(await checked(terraform)).toMatchObject({ exitCode: 3, stdout: "data.pangolin_api_keys.all: read of a data source" });
  expect(await checked(terraform, ["data.pangolin_api_keys.all"])).toMatchObject(PASSES);
  await terraform.write(triggered("two"));
  expect(await checked(terraform)).toMatchObject({
    exitCode: 3,
    stdout: "pangolin_api_key.ci: update, with another rotation_triggers",
  });
  await terraform.write(
    `${triggered("one").replace('"ci" {', '"moved" {')}moved {\n  from = pangolin_api_key.ci\n  to = pangolin_api_key.moved\n}\n`,
  );
  expect(await checked(terraform)).toMatchObject({ exitCode: 3, stdout: expect.stringContaining("moved from pangolin_api_key.ci") });
  const { apiKeyId } = (await api(server.env, "PUT", `/org/${orgId}/api-key`, { name: "found" })) as { apiKeyId: string };
  await terraform.write(
    `${triggered("one")}resource "pangolin_api_key" "found" {\n  org_id = "${orgId}"\n  name = "found"\n}\nimport {\n  to = pangolin_api_key.found\n  id = "${orgId}/${apiKeyId}"\n}\n`,
  );
  expect(await checked(terraform)).toMatchObject({ exitCode: 3, stdout: "pangolin_api_key.found: an import" });
});
