import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { api, createOrg } from "../support/organization.js";
import { temporaryDirectory } from "../support/run-directory.js";
import { useSandbox } from "../support/server.js";
import { workspace } from "../support/terraform.js";
import { command } from "./command.js";

let now = Date.parse("2031-01-01T00:00:00.000Z");
const server = useSandbox({ now: () => new Date(now) });
let directory: string;
let orgId: string;
beforeEach(async () => {
  directory = await temporaryDirectory("sweep");
  orgId = await createOrg(server.env);
});

const sweep = (...args: string[]) => command(["sweep", ...args], { directory, env: { ...server.env } });
const mint = async (name: string) => ((await api(server.env, "PUT", `/org/${orgId}/api-key`, { name })) as { apiKeyId: string }).apiKeyId;
const keys = async () =>
  ((await api(server.env, "GET", `/org/${orgId}/api-keys`)) as { apiKeys: { apiKeyId: string }[] }).apiKeys.map(({ apiKeyId }) => apiKeyId);
const listed = (stdout: string) => (JSON.parse(stdout) as { apiKeyId: string }[]).map(({ apiKeyId }) => apiKeyId);

test("what no state knows is listed, and deleted only when told to", async () => {
  const terraform = await workspace(
    `resource "pangolin_api_key" "ci" {\n  org_id = "${orgId}"\n  name = "ci"\n  rotate_after = "30d"\n}\n`,
    server.env,
  );
  await terraform.apply();
  now += 31 * 86_400_000;
  await terraform.apply();
  const own = await keys();
  expect(own).toHaveLength(2);
  const orphan = await mint("ci");
  const state = join(terraform.directory, "terraform.tfstate");
  const shown = join(directory, "shown.json");
  await writeFile(shown, (await terraform.run(["show", "-json"])).stdout);
  for (const known of [state, shown]) expect(listed((await sweep("--state", known, "--org", orgId, "--json")).stdout)).toEqual([orphan]);
  expect((await sweep("--state", state, "--org", orgId)).stdout).toContain(orphan);
  expect(await keys()).toHaveLength(3);
  await sweep("--state", state, "--org", orgId, "--delete");
  expect((await keys()).sort()).toEqual([...own].sort());
  expect((await sweep("--state", state, "--org", orgId)).stderr).toContain("Every key is known");
});

test("by name and age, in all organizations", async () => {
  const empty = join(directory, "empty.json");
  await writeFile(empty, '{"format_version":"1.0"}');
  const old = await mint("left");
  now += 3_600_000;
  const young = await mint("left");
  const other = await mint("other");
  expect(listed((await sweep("--state", empty, "--name", "left", "--json")).stdout)).toEqual(expect.arrayContaining([old, young]));
  expect(listed((await sweep("--state", empty, "--org", orgId, "--older-than", "30m", "--json")).stdout)).toEqual([old]);
  expect(listed((await sweep("--state", empty, "--org", orgId, "--name", "other", "--json")).stdout)).toEqual([other]);
});

test.each<[string, string[], number, string]>([
  ["no state", [], 2, "--state"],
  ["a state that is not there", ["--state", "nowhere.json"], 1, "cannot be read"],
  ["a file that is no state", ["--state", __filename.replace(/sweep\.test\.ts$/, "../../package.json")], 1, "neither a state file"],
  ["an age that is none", ["--state", "x", "--older-than", "soon"], 2, "is not a duration"],
  ["an organization that is not there", ["--state", "EMPTY", "--org", "no-such"], 1, "There is no organization"],
])("%s is told", async (_, args, exitCode, message) => {
  const empty = join(directory, "empty.json");
  await writeFile(empty, '{"format_version":"1.0"}');
  const result = await sweep(...args.map((arg) => (arg === "EMPTY" ? empty : arg)));
  expect(result).toMatchObject({ exitCode, stderr: expect.stringContaining(message) });
});
