import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSandbox } from "../../src/sandbox/index.js";
import { api, createOrg } from "../support/organization.js";
import { useSandbox } from "../support/server.js";

const server = useSandbox();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sandbox-test-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${server.sandbox.endpoint}${path}`, { headers: { Authorization: `Bearer ${server.sandbox.apiKey}`, ...headers } });

test("what is unchanged is answered with 304", async () => {
  const first = await get("/orgs");
  const etag = first.headers.get("etag") ?? "";
  expect(etag).toMatch(/^W\/"[0-9a-f]+-.{27}"$/);
  expect((await get("/orgs", { "If-None-Match": etag })).status).toBe(304);
  await createOrg(server.env);
  expect((await get("/orgs", { "If-None-Match": etag })).status).toBe(200);
});

test("the documents need no key", async () => {
  const answer = await fetch(`${server.sandbox.endpoint}/openapi.json`);
  const { openapi, paths } = (await answer.json()) as { openapi: string; paths: Record<string, object> };
  expect(openapi).toBe("3.0.0");
  expect(Object.keys(paths)).toEqual(expect.arrayContaining(["/org/{orgId}", "/org/{orgId}/api-keys", "/resource/{resourceId}"]));
  for (const path of ["/openapi.yaml", "/docs/"]) expect((await fetch(`${server.sandbox.endpoint}${path}`)).status).toBe(200);
});

test("its state survives a restart, in a file for its owner only", async () => {
  const options = { stateFile: join(folder, "state.json"), rootKey: "rootkeyrootkey1.secret" };
  const first = await startSandbox(options);
  const orgId = await createOrg({ PANGOLIN_ENDPOINT: first.endpoint, PANGOLIN_API_KEY: first.apiKey });
  await first.close();
  expect(statSync(options.stateFile).mode & 0o077).toBe(0);
  expect(readFileSync(options.stateFile, "utf8")).not.toContain("rootkeyrootkey1.secret");
  const second = await startSandbox(options);
  const env = { PANGOLIN_ENDPOINT: second.endpoint, PANGOLIN_API_KEY: second.apiKey };
  expect(await api(env, "GET", `/org/${orgId}`)).toMatchObject({ org: { orgId } });
  await second.close();
});

test("the log tells method, path, status and time of each request, and no secret", async () => {
  const logFile = join(folder, "requests.log");
  const logged = await startSandbox({ logFile });
  const env = { PANGOLIN_ENDPOINT: logged.endpoint, PANGOLIN_API_KEY: logged.apiKey };
  const orgId = await createOrg(env);
  const { apiKey } = (await api(env, "PUT", `/org/${orgId}/api-key`, { name: "ci" })) as { apiKey: string };
  await logged.close();
  const text = readFileSync(logFile, "utf8");
  expect(
    text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([
    { method: "PUT", path: "/v1/org", status: 201, ms: expect.any(Number) },
    { method: "PUT", path: `/v1/org/${orgId}/api-key`, status: 201, ms: expect.any(Number) },
  ]);
  for (const secret of [apiKey, String(logged.apiKey.split(".")[1])]) expect(text).not.toContain(secret);
  expect(statSync(logFile).mode & 0o077).toBe(0);
});

test("its clock can be set, and is the time of what it makes", async () => {
  const timed = await startSandbox({ now: () => new Date("2031-05-06T07:08:09.000Z") });
  const env = { PANGOLIN_ENDPOINT: timed.endpoint, PANGOLIN_API_KEY: timed.apiKey };
  const orgId = await createOrg(env);
  expect(await api(env, "PUT", `/org/${orgId}/api-key`, { name: "ci" })).toMatchObject({ createdAt: "2031-05-06T07:08:09.000Z" });
  const answer = await fetch(timed.endpoint);
  expect(answer.headers.get("date")).toBe("Tue, 06 May 2031 07:08:09 GMT");
  await timed.close();
});

test("it listens on the loopback interface only", () => {
  expect(server.sandbox.endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/v1$/);
});
