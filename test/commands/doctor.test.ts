import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terraformPlatform } from "../../src/commands/provider-install/platform.js";
import { api, createOrg } from "../support/organization.js";
import { temporaryDirectory } from "../support/run-directory.js";
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
  expect((await doctor(env)).stdout).toContain("An organization key cannot list its own permissions.");
  const { stdout } = await doctor(env, "--org", orgId);
  expect(stdout).toContain(`${apiKeyId} is an organization key.`);
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
  ["no endpoint", { PANGOLIN_ENDPOINT: "" }, "Endpoint: Not set."],
  ["an endpoint that is no URL", { PANGOLIN_ENDPOINT: "pangolin" }, "Endpoint: PANGOLIN_ENDPOINT: The endpoint cannot be used"],
  ["a server that is not there", { PANGOLIN_ENDPOINT: "http://127.0.0.1:9" }, "could not be sent"],
  [
    "a setting that is none",
    { PANGOLIN_MAX_CONCURRENT_REQUESTS: "0" },
    "Settings: PANGOLIN_MAX_CONCURRENT_REQUESTS: Expected a whole number",
  ],
  ["no key", { PANGOLIN_API_KEY: "" }, "API key: Not set."],
  ["a key in another form", { PANGOLIN_API_KEY: "nothing" }, "API key: PANGOLIN_API_KEY: An API key has the form keyId.secret"],
  ["a key that is not known", { PANGOLIN_API_KEY: "unknownunknown1.secret" }, "Invalid API key"],
])("%s is a check that failed", async (_, env, text) => {
  const { stdout, exitCode } = await doctor({ ...server.env, ...env });
  expect(stdout).toContain(text);
  expect(exitCode).toBe(1);
});

interface Page {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

test.each<[string, Page, RegExp]>([
  [
    "the dashboard",
    { status: 200, headers: { "Content-Type": "text/html" }, body: "<html><title>Pangolin Dashboard</title></html>" },
    /200.*"Pangolin Dashboard"/,
  ],
  [
    "a page that is not found",
    { status: 404, headers: { "Content-Type": "text/html" }, body: "<html><title>404 Not Found</title></html>" },
    /404.*"404 Not Found"/,
  ],
  [
    "a gateway",
    { status: 404, headers: { "Content-Type": "application/json" }, body: '{"message":"no Route matched with those values"}' },
    /no Route matched/,
  ],
  ["another API", { status: 200, headers: { "Content-Type": "application/json" }, body: '{"status":"ok"}' }, /status.*ok/],
  ["a text", { status: 404, headers: { "Content-Type": "text/plain" }, body: "404 page not found" }, /404 page not found/],
  [
    "a redirect",
    { status: 302, headers: { Location: "https://login.example.com/?next=x" } },
    /redirect to https:\/\/login\.example\.com\//,
  ],
  ["nothing", { status: 200 }, /200.*empty/],
])("%s that answers in place of the Integration API is told", async (_, { status, headers = {}, body = "" }, text) => {
  const page = createServer((_request, response) => response.writeHead(status, { ...headers }).end(body));
  await new Promise<void>((resolve) => page.listen(0, "127.0.0.1", resolve));
  const { stdout, exitCode } = await doctor({
    ...server.env,
    PANGOLIN_ENDPOINT: `http://127.0.0.1:${(page.address() as AddressInfo).port}`,
  });
  page.close();
  page.closeAllConnections();
  expect(stdout).toMatch(text);
  expect(stdout).toMatch(/^FAILED {3}Endpoint: GET \//m);
  expect(stdout).not.toContain(server.sandbox.apiKey.split(".")[1]);
  expect(exitCode).toBe(1);
});

describe("where the provider comes from", () => {
  async function machine() {
    const home = await temporaryDirectory("doctor");
    const mirror = join(home, "mirror");
    const inMirror = async (root = mirror) =>
      mkdir(join(root, "registry.terraform.io", "pangolin-iac", "pangolin", "0.1.0", terraformPlatform(), "x"), { recursive: true });
    const look = async (env: NodeJS.ProcessEnv = {}) => {
      const { stdout } = await command(["doctor"], { directory: home, home, env: { PATH: process.env.PATH, ...env } });
      return /^.*Provider: .*$/m.exec(stdout)?.[0] ?? "";
    };
    const config = (inside: string) => writeFile(join(home, ".terraformrc"), `provider_installation {\n${inside}\n}\n`);
    return { home, mirror, inMirror, look, config };
  }

  test("is a mirror that a configuration leads to", async () => {
    const { home, mirror, inMirror, look, config } = await machine();
    expect(await look()).toMatch(/^warning .*No mirror holds it/);
    expect(await look({ TF_CLI_CONFIG_FILE: join(home, "none") })).toMatch(/^warning .*which is not there/);
    await config("direct {}");
    expect(await look()).toMatch(/^warning .*leads to no mirror/);
    await config(`filesystem_mirror {\n  path = "${mirror}"\n}`);
    expect(await look()).toMatch(/^warning .*holds no provider for/);
    await inMirror();
    expect(await look()).toMatch(new RegExp(`^ok .*0\\.1\\.0 from the mirror ${mirror}$`));
    expect(await look({ TF_CLI_CONFIG_FILE: join(home, ".terraformrc") })).toMatch(/^ok/);
    await config(`filesystem_mirror {\n  path = "${mirror}"\n  exclude = ["pangolin-iac/*"]\n}`);
    expect(await look()).toMatch(/^warning .*leads to no mirror/);
    await config('dev_overrides {\n  "pangolin-iac/pangolin" = "/home/me"\n}\ndirect {}');
    expect(await look()).toMatch(/^ok .*dev_overrides/);
    await config("direct {");
    expect(await look()).toMatch(/^warning .*is not understood/);
  });

  test("may be a folder that engines look into by themselves, with archives", async () => {
    const { home, look } = await machine();
    const folder = join(home, ".terraform.d", "plugins", "registry.terraform.io", "pangolin-iac", "pangolin");
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, `terraform-provider-pangolin_0.1.0_${terraformPlatform()}.zip`), "");
    expect(await look()).toMatch(/^ok .*0\.1\.0 from the mirror .*plugins$/);
  });
});

test("findings as JSON", async () => {
  const { stdout } = await doctor(server.env, "--json");
  expect(JSON.parse(stdout)).toEqual(
    expect.arrayContaining([{ subject: "API key", state: "ok", text: expect.stringContaining("root key") }]),
  );
});
