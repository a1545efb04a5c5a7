import { IntegrationApi } from "../../src/integration-api/index.js";
import { createOrg } from "../support/organization.js";
import { useSandbox } from "../support/server.js";
import { fakeServer, success } from "./fake-server.js";

const server = useSandbox();
const apiOf = (endpoint: string, apiKey: string) =>
  new IntegrationApi({ endpoint, apiKey, requestTimeoutMs: 2_000, maxRetries: 0, maxConcurrentRequests: 4, userAgent: "test" });
const own = () => apiOf(server.sandbox.endpoint, server.sandbox.apiKey);
const asked = async (work: () => Promise<unknown>) => {
  const before = server.sandbox.requests.length;
  await work();
  return server.sandbox.requests.slice(before).map(({ method, path }) => `${method} ${path.replace(/^.*\/org\/[^/]+/, "")}`);
};

test("one listing serves a whole walk, and our own writes are in it", async () => {
  const orgId = await createOrg(server.env);
  const api = own();
  expect(
    await asked(async () => {
      await Promise.all([api.listApiKeys(orgId), api.listApiKeys(orgId)]);
      const minted = await api.createApiKey(orgId, "ci");
      expect([...(await api.listApiKeys(orgId)).rows.keys()]).toEqual([minted.apiKeyId]);
      expect(JSON.stringify([...(await api.listApiKeys(orgId)).rows])).not.toContain(minted.apiKey);
      await api.deleteApiKey(orgId, minted.apiKeyId);
      expect((await api.listApiKeys(orgId)).rows.size).toBe(0);
    }),
  ).toEqual(["GET /api-keys", "PUT /api-key", expect.stringMatching(/^DELETE \/api-key\//)]);
});

test("a write that may have happened drops what was known", async () => {
  const orgId = await createOrg(server.env);
  const api = own();
  await api.listApiKeys(orgId);
  server.sandbox.setFaults({ decide: ({ method }) => (method === "PUT" ? "reset-after" : undefined) });
  await expect(api.createApiKey(orgId, "ci")).rejects.toMatchObject({ code: "connection_lost" });
  server.sandbox.setFaults({});
  expect([...(await api.listApiKeys(orgId)).rows.values()].map(({ name }) => name)).toEqual(["ci"]);
});

test("an organization that is not there is looked up again", async () => {
  const api = own();
  expect(await api.getOrg("made-later")).toBeNull();
  await createOrg(server.env, "made-later");
  expect(await api.getOrg("made-later")).toMatchObject({ orgId: "made-later" });
});

test("a failed read is not kept", async () => {
  const orgId = await createOrg(server.env);
  const api = own();
  server.sandbox.setFaults({ decide: () => "error-before" });
  await expect(api.getOrg(orgId)).rejects.toMatchObject({ code: "server_error" });
  server.sandbox.setFaults({});
  expect(await api.getOrg(orgId)).toMatchObject({ orgId });
});

test("deleting what is gone succeeds, and permissions are written as one sorted set", async () => {
  const orgId = await createOrg(server.env);
  const api = own();
  await api.deleteApiKey(orgId, "nothing");
  const { apiKeyId } = await api.createApiKey(orgId, "ci");
  await api.setApiKeyActions(orgId, apiKeyId, ["listSites", "getOrg", "listSites"]);
  expect(await api.listApiKeyActions(orgId, apiKeyId)).toEqual(["getOrg", "listSites"]);
  expect(await own().listApiKeyActions(orgId, apiKeyId)).toEqual(["getOrg", "listSites"]);
});

test("root keys and organizations' keys are told apart, and the edition is known", async () => {
  const orgId = await createOrg(server.env);
  const { apiKeyId, apiKey } = await own().createApiKey(orgId, "ci");
  expect(await own().isRootKey()).toBe(true);
  expect(await apiOf(server.sandbox.endpoint, `${apiKeyId}.${apiKey}`).isRootKey()).toBe(false);
  const api = own();
  expect(
    await asked(async () => expect([await api.isCommunityEdition(orgId), await api.isCommunityEdition(orgId)]).toEqual([true, true])),
  ).toHaveLength(1);
  const enterprise = await fakeServer({ body: success([]) });
  expect(await apiOf(enterprise.endpoint, "a.b").isCommunityEdition("acme")).toBe(false);
  await enterprise.close();
});
