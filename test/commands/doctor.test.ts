import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { api, createOrg } from "../support/organization.js";
import { useSandbox } from "../support/server.js";
import { command } from "./command.js";

const server = useSandbox();

const doctor = (env: NodeJS.ProcessEnv, ...args: string[]) =>
  command(["doctor", ...args], { directory: tmpdir(), env: { PATH: process.env.PATH, ...env } });

test("a root key with all permissions is told to be fit", async () => {
  const { stdout } = await doctor(server.env);
  expect(stdout).toMatch(/^(ok|warning) +Node\.js: v/m);
  expect(stdout).toMatch(/^ok +Engine: (Terraform|OpenTofu) /m);
  expect(stdout).toMatch(/^ok +Server: it has every operation of Pangolin 1\.22\.0/m);
  expect(stdout).toMatch(/^ok +API key: \w+ is a root key$/m);
  expect(stdout).toMatch(/^ok +Permissions: 188 of 188/m);
  expect(stdout).not.toContain(server.sandbox.apiKey.split(".")[1]);
});

test("an organization's key is told what it cannot do, and what it may read", async () => {
  const orgId = await createOrg(server.env);
  const { apiKeyId, apiKey } = (await api(server.env, "PUT", `/org/${orgId}/api-key`, { name: "k" })) as {
    apiKeyId: string;
    apiKey: string;
  };
  await api(server.env, "POST", `/org/${orgId}/api-key/${apiKeyId}/actions`, { actionIds: ["listSites", "getOrg"] });
  const env = { ...server.env, PANGOLIN_API_KEY: `${apiKeyId}.${apiKey}` };
  expect((await doctor(env)).stdout).toContain("A key cannot ask which it holds.");
  const { stdout } = await doctor(env, "--org", orgId);
  expect(stdout).toContain(`${apiKeyId} is an organization's key.`);
  expect(stdout).toMatch(new RegExp(`reads of ${orgId}: GET /org/\\{orgId\\}, GET /org/\\{orgId\\}/sites`));
});

test("what a root key lacks is named", async () => {
  const rootKeyId = server.sandbox.apiKey.split(".")[0];
  const { actions } = (await api(server.env, "GET", `/org/any/api-key/${rootKeyId}/actions`)) as { actions: { actionId: string }[] };
  const all = actions.map(({ actionId }) => actionId);
  await api(server.env, "POST", `/org/any/api-key/${rootKeyId}/actions`, { actionIds: all.filter((name) => name !== "createApiKey") });
  const { stdout, exitCode } = await doctor(server.env);
  expect(stdout).toContain("The key lacks createApiKey.");
  expect(exitCode).toBe(1);
  await api(server.env, "POST", `/org/any/api-key/${rootKeyId}/actions`, { actionIds: all });
});

test.each([
  ["no endpoint", { PANGOLIN_ENDPOINT: "" }, "Endpoint: None is given."],
  ["an endpoint that is no URL", { PANGOLIN_ENDPOINT: "pangolin" }, "Endpoint: It cannot be used"],
  ["a server that is not there", { PANGOLIN_ENDPOINT: "http://127.0.0.1:9" }, "could not be sent"],
  ["no key", { PANGOLIN_API_KEY: "" }, "API key: None is given."],
  ["a key in another form", { PANGOLIN_API_KEY: "nothing" }, "API key: It has not the form"],
  ["a key that is not known", { PANGOLIN_API_KEY: "unknownunknown1.secret" }, "Invalid API key"],
])("%s is a check that failed", async (_, env, text) => {
  const { stdout, exitCode } = await doctor({ ...server.env, ...env });
  expect(stdout).toContain(text);
  expect(exitCode).toBe(1);
});

test("a page that is no Integration API is told from one", async () => {
  const page = createServer((_, response) => response.writeHead(404, { "Content-Type": "text/html" }).end("<html></html>"));
  await new Promise<void>((resolve) => page.listen(0, "127.0.0.1", resolve));
  const { stdout } = await doctor({ ...server.env, PANGOLIN_ENDPOINT: `http://127.0.0.1:${(page.address() as AddressInfo).port}` });
  page.close();
  page.closeAllConnections();
  expect(stdout).toContain("something that is not the Integration API");
});

test("findings as JSON", async () => {
  const { stdout } = await doctor(server.env, "--json");
  expect(JSON.parse(stdout)).toEqual(
    expect.arrayContaining([{ subject: "API key", state: "ok", text: expect.stringContaining("root key") }]),
  );
});
