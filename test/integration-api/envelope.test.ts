import { envelopeOf } from "../../src/integration-api/envelope.js";
import { isAmbiguous } from "../../src/integration-api/errors.js";
import { IntegrationApi } from "../../src/integration-api/index.js";
import { fakeServer, refused, success, type Told } from "./fake-server.js";

async function ask<T>(told: Told, work: (api: IntegrationApi) => Promise<T>): Promise<T | unknown> {
  const server = await fakeServer(told);
  const api = new IntegrationApi({
    endpoint: server.endpoint,
    apiKey: "id.s3cr3t",
    requestTimeoutMs: 2_000,
    maxRetries: 0,
    maxConcurrentRequests: 1,
    userAgent: "test",
  });
  const outcome = await work(api).catch((error: unknown) => error);
  await server.close();
  return outcome;
}

test.each([
  [200, success({}), true],
  [404, { data: {}, success: true, error: false, message: "free", status: 404 }, true],
  [404, refused(404, "Organization not found").body, true],
  [404, { ...(refused(404, "Organization not found").body as object), status: 403 }, false],
  [404, { message: "no Route matched with those values" }, false],
  [404, { data: null, success: false, error: true, message: "x" }, false],
  [200, { data: {}, success: true, error: true, message: "x", status: 200 }, false],
  [200, { success: true, error: false, message: "x", status: 200 }, false],
  [200, { data: {}, success: true, error: false, message: 1, status: 200 }, false],
  [200, [], false],
  [200, null, false],
  [200, "text", false],
])("an answer with %i and %j is the Integration API's: %j", (status, json, isOne) => {
  expect(envelopeOf(status, json) !== undefined).toBe(isOne);
});

const FOREIGN: readonly [string, Told, string][] = [
  ["a gateway's JSON 404", { status: 404, body: { message: "no Route matched with those values" } }, "no Route matched"],
  ["a JSON 404 that looks like this API's", { status: 404, body: { success: false, error: true, message: "Not found" } }, "Not found"],
  ["a foreign 401", { status: 401, body: { message: "Unauthorized" } }, "Unauthorized"],
  ["a foreign 403", { status: 403, body: { error: "forbidden", message: "root access" } }, "forbidden"],
  ["a foreign 400", { status: 400, body: { message: "actions do not exist" } }, "other JSON"],
  ["a foreign 409", { status: 409, body: { message: "conflict" } }, "other JSON"],
  ["a foreign 200", { status: 200, body: { data: { org: { orgId: "acme" } } } }, "other JSON"],
  ["an empty JSON object", { status: 200, body: {} }, '"{}"'],
  ["an HTML page", { status: 200, body: "<html><title>Sign in\n to Acme</title></html>" }, 'a page titled "Sign in to Acme"'],
  ["a gateway's HTML 404", { status: 404, body: "<html><title>404 Not Found</title></html>" }, 'a page titled "404 Not Found"'],
  ["Traefik's 404", { status: 404, body: "404 page not found", headers: { "Content-Type": "text/plain" } }, '"404 page not found"'],
  ["an empty answer", { status: 200, body: "", headers: { "Content-Type": "text/plain" } }, "an empty answer"],
];

test.each(FOREIGN)("%s proves nothing: neither that an organization is gone, nor what the server can do", async (_, told, what) => {
  const expected = {
    code: "not_an_integration_api",
    message: expect.stringContaining(what),
    advice: expect.stringContaining("flags.enable_integration_api"),
  };
  expect(await ask(told, (api) => api.getOrg("acme"))).toMatchObject(expected);
  expect(await ask(told, (api) => api.organizationExists("acme"))).toMatchObject(expected);
  expect(await ask(told, (api) => api.listApiKeys("acme"))).toMatchObject(expected);
  expect(await ask(told, (api) => api.deleteApiKey("acme", "k"))).toMatchObject(expected);
  expect(await ask(told, (api) => api.isRootKey())).toMatchObject(expected);
  expect(await ask(told, (api) => api.isCommunityEdition("acme"))).toMatchObject(expected);
  expect(await ask(told, (api) => api.mayRead("/org/{orgId}/sites", "acme"))).toMatchObject(expected);
  expect(await ask(told, (api) => api.requireHealthy())).toMatchObject(expected);
});

test.each([200, 400, 401, 403, 409])("a write that something else answered with %i may have happened", async (status) => {
  expect(isAmbiguous(await ask({ status, body: { message: "x" } }, (api) => api.createApiKey("acme", "ci")))).toBe(true);
});

test("a write that a gateway has nobody for has not happened", async () => {
  expect(isAmbiguous(await ask({ status: 404, body: { message: "no Route" } }, (api) => api.createApiKey("acme", "ci")))).toBe(false);
});

test("the server's own page for a route that it lacks tells the edition; the page of another path does not", async () => {
  const page = (path: string): Told => ({ status: 404, body: `<!DOCTYPE html>\n<pre>Cannot GET ${path}</pre>\n` });
  expect(await ask(page("/v1/org/acme/logs/action"), (api) => api.isCommunityEdition("acme"))).toBe(true);
  expect(await ask(page("/v1/org/a&#39;b/logs/action"), (api) => api.isCommunityEdition("a'b"))).toBe(true);
  expect(await ask(page("/other"), (api) => api.isCommunityEdition("acme"))).toMatchObject({ code: "not_an_integration_api" });
  expect(await ask(page("/v1/org/acme"), (api) => api.organizationExists("acme"))).toMatchObject({ code: "unknown_operation" });
});

test("what answered is told in one short line without the key", async () => {
  const error = await ask({ status: 403, body: { message: `denied for Bearer id.s3cr3t ${"x".repeat(500)}\n` } }, (api) =>
    api.getOrg("acme"),
  );
  expect((error as Error).message).toContain("denied for Bearer (key)");
  expect((error as Error).message).not.toContain("s3cr3t");
  expect((error as Error).message.length).toBeLessThan(350);
});

test.each([
  ["https://login.example.com/start?token=abc#x", "https://login.example.com/start", "A gateway or a login page"],
  [
    "https://api.example.com/v1/org/acme",
    "https://api.example.com/v1/org/acme",
    "as the endpoint, if it is the right one: https://api.example.com/v1",
  ],
  ["/login", "/login.", "A gateway or a login page"],
])("a redirect to %s is told and not followed", async (location, told, advice) => {
  const error = await ask({ status: 302, headers: { Location: location }, body: "" }, (api) => api.getOrg("acme"));
  expect(error).toMatchObject({
    code: "redirected",
    message: expect.stringContaining(told),
    advice: expect.stringContaining(advice),
  });
  expect((error as Error).message).not.toContain("abc");
  expect(isAmbiguous(error)).toBe(false);
});
