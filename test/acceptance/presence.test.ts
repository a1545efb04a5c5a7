import { startSandbox } from "../../src/sandbox/index.js";
import { testWhereOrganizationsAreDeleted } from "../support/capability.js";
import { api, createOrg } from "../support/organization.js";
import { useServer } from "../support/server.js";
import { workspace } from "../support/terraform.js";

const server = useServer();
let orgId: string;
beforeEach(async () => {
  orgId = await createOrg(server.env);
});

const key = (more = "") =>
  `resource "pangolin_api_key" "ci" {\n  org_id = "${orgId}"\n  name = "ci"\n  permissions = ["getOrg"]\n  ${more}\n}\n`;
const grant = (keyId: string) =>
  `resource "pangolin_api_key_grant" "g" {\n  org_id = "${orgId}"\n  key_id = "${keyId}"\n  permissions = ["listSites"]\n}\n`;
const words = (text: string) => text.replace(/\s*\n[│\s]*/g, " ");

testWhereOrganizationsAreDeleted("an organization that is gone takes its keys with it: nothing is stuck", async () => {
  const terraform = await workspace(key(), server.env);
  await terraform.apply();
  await server.deleteOrg(orgId);
  const { json } = await terraform.plan();
  expect(json.resource_changes?.[0]?.change.actions).toEqual(["create"]);
  await terraform.destroy();
  expect((await terraform.state()).size).toBe(0);
});

testWhereOrganizationsAreDeleted("a grant whose organization is gone is destroyed without a word", async () => {
  const { apiKeyId } = (await api(server.env, "PUT", `/org/${orgId}/api-key`, { name: "k" })) as { apiKeyId: string };
  const terraform = await workspace(grant(apiKeyId), server.env);
  await terraform.apply();
  await server.deleteOrg(orgId);
  await terraform.destroy(["-refresh=false"]);
  expect((await terraform.state()).size).toBe(0);
});

test("an organization that another server does not have is an error, and the state stays", async () => {
  const terraform = await workspace(key(), server.env);
  await terraform.apply();
  const other = await startSandbox();
  const env = { PANGOLIN_ENDPOINT: other.endpoint, PANGOLIN_API_KEY: other.apiKey };
  const text = words(await terraform.failingPlan([], { env }));
  expect(text).toContain("Organization not found");
  expect(text).toContain(`this object was made at ${server.env.PANGOLIN_ENDPOINT}`);
  expect(words((await terraform.destroy([], { env, expect: 1 })).text)).toContain("terraform state rm");
  expect((await terraform.state()).size).toBe(1);
  expect(other.requests.every(({ method }) => method === "GET")).toBe(true);
  await other.close();
  expect((await terraform.plan()).changes).toBe(false);
});

test.each([
  ["an HTML page with 404, as of a wrong URL", "html-404", "No Integration API at this endpoint"],
  ["a proxy's page", "html", "Server error"],
  ["a 500", "error-before", "Server error"],
  ["too many requests", "rate-limit", "Too many requests"],
  ["a connection that is reset", "reset-before", "Connection lost"],
  ["half an answer", "cut", "Connection lost"],
] as const)("R3: %s during the refresh is an error, and the state stays byte for byte", async (_, fault, summary) => {
  const terraform = await workspace(key(), { ...server.env, PANGOLIN_MAX_RETRIES: "0" });
  await terraform.apply();
  const before = await terraform.run(["state", "pull"]);
  server.setFaults({ decide: ({ path }) => (/api-keys/.test(path) ? fault : undefined) });
  expect(await terraform.failingPlan()).toContain(summary);
  await terraform.apply(["-refresh-only"], { expect: 1 });
  server.setFaults({});
  expect((await terraform.run(["state", "pull"])).stdout).toBe(before.stdout);
  await terraform.destroy();
});

test("a key of an organization is told at plan that it cannot manage keys", async () => {
  const minted = (await api(server.env, "PUT", `/org/${orgId}/api-key`, { name: "k" })) as { apiKeyId: string; apiKey: string };
  const terraform = await workspace(key(), { ...server.env, PANGOLIN_API_KEY: `${minted.apiKeyId}.${minted.apiKey}` });
  const text = words(await terraform.failingPlan());
  expect(text).toContain("Root API key needed");
  expect(text).toContain("pangolin_api_key can only be managed with a root API key");
  expect(text).toContain("Pangolin Cloud");
});

test("a permission that this version does not know passes where it is allowed, and the server has the last word", async () => {
  const terraform = await workspace(key().replace("getOrg", "flyAway"), server.env);
  expect(words(await terraform.failingPlan())).toContain('There is no permission "flyAway"');
  const env = { PANGOLIN_ALLOW_UNKNOWN_PERMISSIONS: "true" };
  expect((await terraform.plan([], { env })).text).toContain("Unknown permission");
  const { text } = await terraform.apply([], { env, expect: 1 });
  expect(text).toContain("Permission unknown to the server");
  expect(words(text)).toContain("flyAway");
  expect(await api(server.env, "GET", `/org/${orgId}/api-keys`)).toMatchObject({ apiKeys: [] });
});

test.each([
  ["a key in another form", { PANGOLIN_API_KEY: "nothing" }, "Invalid api_key"],
  ["no endpoint", { PANGOLIN_ENDPOINT: "" }, "Missing endpoint"],
  ["no key", { PANGOLIN_API_KEY: "" }, "Missing api_key"],
  ["an endpoint that is no URL", { PANGOLIN_ENDPOINT: "pangolin" }, "Invalid endpoint"],
  ["a key that the server does not know", { PANGOLIN_API_KEY: "unknownunknown1.secret" }, "API key refused"],
  ["a server that is not there", { PANGOLIN_ENDPOINT: "http://127.0.0.1:9/v1", PANGOLIN_MAX_RETRIES: "0" }, "Pangolin unreachable"],
])("%s is an error that says so", async (_, env, summary) => {
  const terraform = await workspace(key(), server.env);
  expect(await terraform.failingPlan([], { env })).toContain(summary);
});

test.each([
  ["request_timeout", '"soon"', "is not a duration"],
  ["max_retries", "21", "max_retries"],
  ["max_concurrent_requests", "0", "max_concurrent_requests"],
])("the provider's %s is checked", async (name, value, message) => {
  const terraform = await workspace(`provider "pangolin" {\n  ${name} = ${value}\n}\n${key()}`, server.env);
  expect(words(await terraform.failingPlan())).toContain(message);
});

test("an endpoint that becomes known at apply is waited for", async () => {
  const terraform = await workspace(
    `resource "terraform_data" "endpoint" { input = "${server.env.PANGOLIN_ENDPOINT}" }\nprovider "pangolin" {\n  endpoint = terraform_data.endpoint.output\n}\n${key()}`,
    server.env,
  );
  await terraform.apply();
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.write({
    "main.tf": `resource "terraform_data" "endpoint" { input = "${server.env.PANGOLIN_ENDPOINT}/" }\nprovider "pangolin" {\n  endpoint = terraform_data.endpoint.output\n}\n${key()}`,
  });
  const { text, json } = await terraform.plan();
  expect(text).toContain("Pangolin is not known yet");
  expect(json.resource_changes?.find(({ address }) => address === "pangolin_api_key.ci")?.change.actions).toEqual(["no-op"]);
  await terraform.destroy();
});

test("a plan asks once for the organization and the listing, and once for each key's permissions", async () => {
  const many = Array.from(
    { length: 20 },
    (_, index) => `resource "pangolin_api_key" "k${index}" {\n  org_id = "${orgId}"\n  name = "k${index}"\n  permissions = ["getOrg"]\n}\n`,
  );
  const terraform = await workspace(many.join(""), server.env);
  const requestsOf = async (work: () => Promise<unknown>) => {
    const before = server.requests.length;
    await work();
    const kinds = server.requests
      .slice(before)
      .map(({ method, path }) => `${method} ${path.replace(/api-key\/\w+/, "api-key/*").replace(orgId, "*")}`);
    return Object.fromEntries([...new Set(kinds)].sort().map((kind) => [kind, kinds.filter((other) => other === kind).length]));
  };
  expect(await requestsOf(() => terraform.apply())).toEqual({
    "GET /v1/org/*": 1,
    // Once in each walk of plan and apply: which permissions the key in use holds, so that the server knows them.
    "GET /v1/org/*/api-key/*/actions": 2,
    "GET /v1/org/*/api-keys": 1,
    // Likewise: whether the key in use is a root key.
    "GET /v1/orgs": 2,
    "POST /v1/org/*/api-key/*/actions": 20,
    "PUT /v1/org/*/api-key": 20,
  });
  expect(await requestsOf(() => terraform.plan())).toEqual({
    "GET /v1/org/*": 1,
    "GET /v1/org/*/api-key/*/actions": 20,
    "GET /v1/org/*/api-keys": 1,
  });
  await terraform.destroy();
});
