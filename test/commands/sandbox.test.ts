import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { api, createOrg } from "../support/organization.js";
import { temporaryDirectory } from "../support/run-directory.js";

const root = resolve(__dirname, "..", "..");
const started: ChildProcess[] = [];
afterEach(() => {
  for (const child of started.splice(0)) child.kill("SIGKILL");
});

/** Starts the command as a user does, and reads its first line. */
async function start(...args: string[]) {
  const child = spawn(process.execPath, ["--import", "tsx", "src/cli.ts", "sandbox", "--json", ...args], {
    cwd: root,
    stdio: ["ignore", "pipe", "inherit"],
  });
  started.push(child);
  const [line] = (await once(child.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
  const { endpoint, apiKey } = JSON.parse(line.toString()) as { endpoint: string; apiKey: string };
  return { child, env: { PANGOLIN_ENDPOINT: endpoint, PANGOLIN_API_KEY: apiKey } };
}

test("what it told is there after a kill, and an interrupt ends it", async () => {
  const state = join(await temporaryDirectory("sandbox"), "state.json");
  const first = await start("--state", state);
  const orgId = await createOrg(first.env);
  const { apiKeyId } = (await api(first.env, "PUT", `/org/${orgId}/api-key`, { name: "ci" })) as { apiKeyId: string };
  first.child.kill("SIGKILL");
  await once(first.child, "exit");
  expect(statSync(state).mode & 0o077).toBe(0);
  const second = await start("--state", state);
  expect(await api(second.env, "GET", `/org/${orgId}/api-keys`)).toMatchObject({ apiKeys: [{ apiKeyId }] });
  second.child.kill("SIGINT");
  expect(await once(second.child, "exit")).toEqual([0, null]);
});

test("its clock is a file", async () => {
  const clock = join(await temporaryDirectory("sandbox"), "clock");
  writeFileSync(clock, "2031-05-06T07:08:09Z\n");
  const { env } = await start("--clock", clock);
  const orgId = await createOrg(env);
  expect(await api(env, "GET", `/org/${orgId}`)).toMatchObject({ org: { createdAt: "2031-05-06T07:08:09.000Z" } });
  writeFileSync(clock, "2032-01-01T00:00:00Z");
  expect(await api(env, "PUT", `/org/${orgId}/api-key`, { name: "ci" })).toMatchObject({ createdAt: "2032-01-01T00:00:00.000Z" });
});
