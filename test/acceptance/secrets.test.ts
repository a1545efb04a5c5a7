import { mkdirSync, readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";
import { createOrg } from "../support/organization.js";
import { useServer } from "../support/server.js";
import { type RunOptions, type TerraformResult, type Workspace, workspace } from "../support/terraform.js";

const DAY = 86_400_000;
let now = Date.parse("2031-01-01T00:00:00.000Z");
const server = useServer({ now: () => new Date(now) });

/** Where Terraform itself keeps what it must: the state and its backup. */
const STATE = /terraform\.tfstate(\.backup)?$/;

const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return entry.isFile() ? [path] : [];
  });

/** Arguments and environments of all processes that work in this folder. */
function processesIn(directory: string): string {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => {
      try {
        if (readlinkSync(`/proc/${pid}/cwd`) !== directory) return "";
        return ["cmdline", "environ"].map((file) => readFileSync(`/proc/${pid}/${file}`, "latin1")).join("\0");
      } catch {
        return "";
      }
    })
    .join("\0");
}

test("the secrets of a key's whole life are in the state and in sensitive outputs, and nowhere else", async () => {
  const orgId = await createOrg(server.env);
  const configuration = (permissions: string) =>
    `resource "pangolin_api_key" "ci" {\n  org_id = "${orgId}"\n  name = "ci"\n  permissions = ${permissions}\n  rotate_after = "30d"\n}\n` +
    'output "token" {\n  value = pangolin_api_key.ci.token\n  sensitive = true\n}\n';
  const terraform: Workspace = await workspace(configuration('["getOrg"]'), server.env);
  const temporary = join(terraform.directory, "tmp");
  mkdirSync(temporary);
  const secrets = new Set<string>([String(server.apiKey.split(".")[1])]);
  const told: string[] = [];
  const watched = async (run: (options: RunOptions) => Promise<TerraformResult>) => {
    const seen: string[] = [];
    const watcher = setInterval(() => seen.push(processesIn(terraform.directory)), 20);
    const log = join(terraform.directory, `trace-${told.length}.log`);
    const { text } = await run({ env: { TF_LOG: "TRACE", TF_LOG_PATH: log, TMPDIR: temporary }, expect: "any" });
    clearInterval(watcher);
    told.push(text, readFileSync(log, "utf8"));
    // The provider's own key is in the environment, where the user put it.
    told.push(seen.join("\0").replaceAll(server.apiKey, ""));
    const { secret } = await terraform.attributes("pangolin_api_key.ci").catch(() => ({ secret: undefined }));
    if (typeof secret === "string") secrets.add(secret);
  };
  const apply = () => watched((options) => terraform.apply([], options));

  await apply();
  now += 31 * DAY;
  // Every second answer to a write is lost or cut on the way.
  let count = 0;
  server.setFaults({
    decide: ({ method }) => (method !== "GET" && count++ % 2 === 0 ? (count % 4 === 1 ? "cut" : "error-after") : undefined),
  });
  await apply();
  await apply();
  server.setFaults({});
  await apply();
  await terraform.write(configuration('["getOrg", "listSites"]'));
  await watched((options) => terraform.run(["plan", "-input=false"], options));
  await apply();
  now += 4 * DAY;
  await apply();
  await watched((options) => terraform.destroy([], options));

  expect(secrets.size).toBeGreaterThanOrEqual(3);
  const leaks = [...secrets].flatMap((secret) => [
    ...told.flatMap((text, index) => (text.includes(secret) ? [`output ${index}: ${around(text, secret)}`] : [])),
    ...filesIn(terraform.directory)
      .filter((path) => !STATE.test(path) && readFileSync(path, "latin1").includes(secret))
      .map((path) => `file ${path}`),
  ]);
  expect(leaks).toEqual([]);
  for (const path of filesIn(temporary)) expect(statSync(path).mode & 0o077).toBe(0);
});

const around = (text: string, secret: string): string =>
  text.slice(Math.max(0, text.indexOf(secret) - 120), text.indexOf(secret)).replace(/\n/g, " ");
