import { isAmbiguous } from "../../src/integration-api/errors.js";
import { IntegrationApi, problemOfPathId } from "../../src/integration-api/index.js";
import { fakeServer, success } from "./fake-server.js";

const BAD = ["", ".", "..", "%2e", "%2E%2e", ".%2e", "a/b", "../b", "a\\b", "a%2fb", "a%2Fb", "a%5Cb", "a?b", "a#b", "a\nb", "a\u0000"];

test.each(BAD)("%j is no id of a path", (id) => {
  expect(problemOfPathId(id)).toEqual(expect.any(String));
});

test.each(["acme", "a.b", "...", "a..b", ".a", "a b", "ä", "100%"])("%j is one", (id) => {
  expect(problemOfPathId(id)).toBeUndefined();
});

test.each(BAD)("a call with %j as an id is refused, and nothing is sent", async (id) => {
  const server = await fakeServer({ body: success({}) });
  const api = new IntegrationApi({
    endpoint: server.endpoint,
    apiKey: "a.b",
    requestTimeoutMs: 300,
    maxRetries: 3,
    maxConcurrentRequests: 1,
    userAgent: "test",
  });
  for (const work of [api.getOrg(id), api.listApiKeys(id), api.deleteOrg(id), api.deleteApiKey("acme", id), api.createApiKey(id, "ci")]) {
    const error: unknown = await work.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "invalid_request", message: expect.stringContaining("was not sent") });
    expect(isAmbiguous(error)).toBe(false);
  }
  expect(server.asked).toEqual([]);
  await server.close();
});
