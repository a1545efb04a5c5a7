import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { api, createOrg } from "../../support/organization.js";
import { useSandbox } from "../../support/server.js";
import { workspace } from "../../support/terraform.js";
import { command } from "../command.js";

const DAY = 86_400_000;
let now = Date.parse("2031-01-01T00:00:00.000Z");
const server = useSandbox({ now: () => new Date(now) });

test("what an engine prints is told apart, and the keys of its states are known", async () => {
  const orgId = await createOrg(server.env);
  const mint = async () => ((await api(server.env, "PUT", `/org/${orgId}/api-key`, { name: "ci" })) as { apiKeyId: string }).apiKeyId;
  const keys = async () =>
    ((await api(server.env, "GET", `/org/${orgId}/api-keys`)) as { apiKeys: { apiKeyId: string }[] }).apiKeys.map(
      ({ apiKeyId }) => apiKeyId,
    );
  const granted = await mint();
  const terraform = await workspace(
    `resource "pangolin_api_key" "ci" {\n  org_id = "${orgId}"\n  name = "ci"\n  rotate_after = "30d"\n}\n` +
      `resource "pangolin_api_key_permissions" "other" {\n  org_id = "${orgId}"\n  key_id = "${granted}"\n  permissions = ["getOrg"]\n}\n`,
    server.env,
  );
  await terraform.apply();
  now += 31 * DAY;
  const plan = await terraform.plan();
  await terraform.apply();
  const own = await keys();
  expect(own).toHaveLength(3);
  const orphan = await mint();
  now += DAY;
  const sweep = (...args: string[]) =>
    command(["sweep", "--org", orgId, ...args], { directory: terraform.directory, env: { ...server.env } });
  const print = async (name: string, ...args: string[]) => {
    await writeFile(join(terraform.directory, name), (await terraform.run(args)).stdout);
    return name;
  };
  for (const state of ["terraform.tfstate", await print("pulled.json", "state", "pull"), await print("shown.json", "show", "-json")]) {
    const { stdout } = await sweep("--state", state, "--json");
    expect((JSON.parse(stdout) as { apiKeyId: string }[]).map(({ apiKeyId }) => apiKeyId)).toEqual([orphan]);
  }
  for (const [file, message] of [
    [await print("plan.json", "show", "-json", plan.file), "is a plan"],
    [await print("schema.json", "providers", "schema", "-json"), "providers schema"],
    [await print("validate.json", "validate", "-json"), "validate"],
    [await print("version.json", "version", "-json"), "version"],
    [await print("log.json", "plan", "-json"), "more than one JSON document"],
    [".terraform.lock.hcl", "cannot be read as a state"],
    ["plan-1", "cannot be read as a state"],
  ] as const)
    expect(await sweep("--state", file, "--delete", "--allow-empty-state", "--include-recent")).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(message),
    });
  expect(await sweep("--state", "pulled.json", "--delete")).toMatchObject({ exitCode: 0, stdout: expect.stringContaining(orphan) });
  expect((await keys()).sort()).toEqual([...own].sort());
});

test("a superseded key whose deletion the server has not confirmed is known to a state file", async () => {
  const orgId = await createOrg(server.env);
  const terraform = await workspace(
    `resource "pangolin_api_key" "ci" {\n  org_id = "${orgId}"\n  name = "ci"\n  rotate_after = "30d"\n  grace_period = "0s"\n}\n`,
    { ...server.env, PANGOLIN_MAX_RETRIES: "0" },
  );
  await terraform.apply();
  const { key_id: superseded } = await terraform.attributes("pangolin_api_key.ci");
  now += 31 * DAY;
  server.sandbox.setFaults({ decide: ({ method }) => (method === "DELETE" ? "error-before" : undefined) });
  await terraform.apply([], { expect: "any" });
  server.sandbox.setFaults({});
  const { key_id: current } = await terraform.attributes("pangolin_api_key.ci");
  expect(current).not.toBe(superseded);
  now += DAY;
  const { stdout, exitCode } = await command(["sweep", "--org", orgId, "--state", "terraform.tfstate", "--json"], {
    directory: terraform.directory,
    env: { ...server.env },
  });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "[]" });
});
