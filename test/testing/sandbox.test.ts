import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { type Sandbox, type SandboxOptions, startSandbox } from "pangolin-iac/testing";
import { api } from "../support/organization.js";
import { workspace } from "../support/terraform.js";

const root = join(__dirname, "..", "..");
let sandbox: Sandbox | undefined;
afterEach(() => sandbox?.close());

async function start(options?: SandboxOptions) {
  sandbox = await startSandbox(options);
  const env = { PANGOLIN_ENDPOINT: sandbox.endpoint, PANGOLIN_API_KEY: sandbox.apiKey };
  const networks = { subnet: "100.90.0.0/24", utilitySubnet: "100.96.128.0/24" };
  await api(env, "PUT", "/org", { orgId: "acme", name: "Acme", ...networks });
  return { sandbox, env };
}

/** A request from a process that this thread waits for. */
const requestSynchronously = ({ PANGOLIN_ENDPOINT, PANGOLIN_API_KEY }: Record<string, string>, path: string): string =>
  execFileSync(
    process.execPath,
    [
      "-e",
      `fetch(${JSON.stringify(`${PANGOLIN_ENDPOINT}${path}`)}, { headers: { Authorization: "Bearer ${PANGOLIN_API_KEY}" } })
         .then(async (answer) => console.log(answer.status, answer.headers.get("date"), await answer.text()), (error) => console.log(error.cause.code))`,
    ],
    { encoding: "utf8", timeout: 60_000 },
  ).trim();

test("Terraform can be started synchronously", async () => {
  const { sandbox, env } = await start();
  const key = 'resource "pangolin_api_key" "ci" {\n  org_id = "acme"\n  name = "ci"\n  permissions = ["getOrg"]\n}\n';
  const terraform = await workspace(key, env);
  const run = (...args: string[]) =>
    execFileSync(terraform.engine.binary, args, {
      cwd: terraform.directory,
      env: terraform.environment(),
      encoding: "utf8",
      timeout: 120_000,
    });
  expect(run("apply", "-auto-approve")).toContain("1 added");
  expect(run("plan")).toContain("No changes");
  expect(sandbox.requests).toContainEqual({ method: "PUT", path: "/v1/org/acme/api-key", status: 201 });
  expect(run("destroy", "-auto-approve")).toContain("1 destroyed");
});

test("faults and deletions have an effect at once, also on what is started synchronously", async () => {
  const { sandbox, env } = await start();
  sandbox.setFaults({ errorRate: 1 });
  expect(requestSynchronously(env, "/org/acme")).toMatch(/^500 /);
  sandbox.setFaults({});
  expect(requestSynchronously(env, "/org/acme")).toMatch(/^200 /);
  sandbox.deleteOrg("acme");
  expect(requestSynchronously(env, "/org/acme")).toMatch(/^404 /);
  expect(sandbox.requests.map(({ status }) => status)).toEqual([201, 500, 200, 404]);
});

test("functions of the test are called in its own thread", async () => {
  let now = Date.parse("2031-05-06T07:08:09.000Z");
  const { sandbox, env } = await start({ now: () => new Date(now) });
  const dateOf = async () => (await fetch(`${env.PANGOLIN_ENDPOINT}/org/acme`)).headers.get("date");
  expect(await dateOf()).toBe("Tue, 06 May 2031 07:08:09 GMT");
  now += 86_400_000;
  expect(await dateOf()).toBe("Wed, 07 May 2031 07:08:09 GMT");
  const asked: string[] = [];
  sandbox.setFaults({
    decide: ({ method, path }) => {
      asked.push(`${method} ${path}`);
      return "rate-limit";
    },
  });
  expect((await fetch(`${env.PANGOLIN_ENDPOINT}/org/acme`)).status).toBe(429);
  expect(asked).toEqual(["GET /v1/org/acme"]);
});

test("a function that cannot be called, since its thread is blocked, is an answer that says so", async () => {
  const { env } = await start({ now: () => new Date() });
  expect(requestSynchronously(env, "/org/acme")).toMatch(/^500 .*could not ask the test for \\"now\\".*clockFile/);
});

test("a port that is taken is an error of the start", async () => {
  const { sandbox } = await start();
  await expect(startSandbox({ port: Number(new URL(sandbox.endpoint).port) })).rejects.toThrow(/EADDRINUSE/);
});

test("a closed sandbox still tells its requests, can be closed again, and lets the process end", () => {
  const program = `
    const { startSandbox } = require("pangolin-iac/testing");
    (async () => {
      const sandbox = await startSandbox();
      await fetch(sandbox.endpoint + "/org/acme");
      await sandbox.close();
      await sandbox.close();
      console.log(sandbox.requests.length);
    })();`;
  expect(execFileSync(process.execPath, ["-e", program], { cwd: root, encoding: "utf8", timeout: 60_000 })).toBe("1\n");
});
