import * as z from "zod";
import { endpoint } from "../../src/integration-api/endpoint.js";
import { isAmbiguous, isIntegrationApiError } from "../../src/integration-api/errors.js";
import { HttpClient } from "../../src/integration-api/http-client.js";
import { type Asked, fakeServer, fakeServerAt, refused, success, type Told } from "./fake-server.js";

const look = endpoint({
  id: "getOrg",
  method: "GET",
  path: "/org/{orgId}",
  permission: "getOrg",
  rootOnly: false,
  repeatable: true,
  data: z.object({ name: z.string() }),
});
const make = { ...look, id: "createOrg", method: "PUT", path: "/org", permission: "createOrg", repeatable: false } as const;

const SECRET = "s3cr3ts3cr3t";
const slept: number[] = [];

async function clientOf(answers: (Told | ((asked: Asked) => Told))[], options: Partial<ConstructorParameters<typeof HttpClient>[0]> = {}) {
  const server = await fakeServer(...answers);
  slept.length = 0;
  const client = new HttpClient(
    {
      endpoint: server.endpoint,
      apiKey: `keyid.${SECRET}`,
      requestTimeoutMs: 1_000,
      maxRetries: 3,
      maxConcurrentRequests: 2,
      userAgent: "test/1.0",
      ...options,
    },
    {
      sleep: async (milliseconds) => void slept.push(milliseconds),
      random: () => 0.5,
      now: () => slept.reduce((sum, one) => sum + one, 0),
    },
  );
  return { server, client };
}

const good = { body: success({ name: "Acme" }) };

test("a call is sent with key, agent and encoded parameters, and its data is given back", async () => {
  const { server, client } = await clientOf([{ ...good, headers: { Date: "Tue, 06 May 2031 07:08:09 GMT" } }]);
  expect(await client.call(look, { params: { orgId: "a b" }, query: { limit: 2 } })).toEqual({
    data: { name: "Acme" },
    date: Date.parse("2031-05-06T07:08:09Z"),
  });
  expect(server.asked).toEqual([
    expect.objectContaining({
      method: "GET",
      url: "/v1/org/a%20b?limit=2",
      headers: expect.objectContaining({ authorization: `Bearer keyid.${SECRET}`, "user-agent": "test/1.0" }),
    }),
  ]);
  await server.close();
});

test.each<[string, Told, string, string]>([
  ["an HTML 404", { status: 404, body: "<html></html>" }, "not_an_integration_api", "flags.enable_integration_api"],
  ["a page with 200", { status: 200, body: "<html></html>" }, "not_an_integration_api", "Check the endpoint"],
  ["a bad key", refused(401, "Invalid API key"), "invalid_key", "keyId.secret"],
  [
    "a missing permission",
    refused(403, "Key does not have permission perform this action"),
    "missing_permission",
    "It needs the permission getOrg",
  ],
  ["a root key that is needed", refused(403, "Key does not have root access"), "root_key_required", "It needs the permission getOrg"],
  ["another organization", refused(403, "Key does not have access to this organization"), "wrong_organization", "another organization"],
  ["what is not there", refused(404, "Organization not found"), "not_found", "deleted"],
  ["what exists already", refused(409, "exists"), "conflict", "exists already"],
  ["a fault of the request", refused(400, "Validation error: x"), "invalid_request", "Correct what"],
  ["a permission that the server does not know", refused(400, "One or more actions do not exist"), "unknown_action", "another version"],
  ["too many requests", refused(429, "slow down"), "rate_limited", "max_concurrent_requests"],
  ["a server error", refused(500, "An error occurred"), "server_error", "its log"],
  ["a proxy's page", { status: 502, body: "<html></html>" }, "server_error", "Check the endpoint"],
  ["an answer in another form", { body: success({ name: 1 }) }, "unexpected_answer", "another version"],
  ["a connection that ends before the answer", { instead: "reset" }, "connection_lost", "log"],
  ["half an answer", { ...good, instead: "cut" }, "connection_lost", "log"],
  ["silence", { instead: "silence" }, "timeout", "request_timeout"],
])("%s is told apart", async (_, told, code, advice) => {
  const { server, client } = await clientOf([told], { maxRetries: 0 });
  const error: unknown = await client.call(look, { params: { orgId: "acme" } }).catch((thrown: unknown) => thrown);
  await server.close();
  if (!isIntegrationApiError(error)) throw error;
  expect(error.code).toBe(code);
  expect(`${error.message} ${error.advice}`).toContain(advice);
  expect(error.message).toContain("GET /org/acme");
});

test("a server that repeats the key does not put it into a message", async () => {
  const { server, client } = await clientOf([refused(400, `your key keyid.${SECRET} and ${SECRET}`)]);
  const error: unknown = await client.call(look, { params: { orgId: "acme" } }).catch((thrown: unknown) => thrown);
  expect(String(error)).toContain("your key (key) and (secret)");
  expect(JSON.stringify(error)).not.toContain(SECRET);
  await server.close();
});

test("what is safe to repeat is repeated, later and later", async () => {
  const unavailable: Told = { status: 503, body: "<html></html>" };
  const { server, client } = await clientOf([unavailable, { instead: "reset" }, unavailable, good]);
  expect((await client.call(look, { params: { orgId: "acme" } })).data).toEqual({ name: "Acme" });
  expect(slept).toEqual([125, 250, 500]);
  await server.close();
});

test("the server's own patience is taken over", async () => {
  const { server, client } = await clientOf([{ ...refused(429, "slow"), headers: { "Retry-After": "7" } }, good]);
  await client.call(look, { params: { orgId: "acme" } });
  expect(slept).toEqual([7_000]);
  await server.close();
});

test("a server that asks for an hour is answered with the error", async () => {
  const { server, client } = await clientOf([{ ...refused(429, "slow"), headers: { "Retry-After": "3600" } }, good]);
  await expect(client.call(look, { params: { orgId: "acme" } })).rejects.toMatchObject({ code: "rate_limited" });
  await server.close();
});

test.each<[string, Told]>([
  ["a reset", { instead: "reset" }],
  ["a 503", { status: 503, body: "<html></html>" }],
  ["a 500", refused(500, "An error occurred")],
])("what makes something new is not repeated after %s, and may have happened", async (_, told) => {
  const { server, client } = await clientOf([told, good]);
  const error: unknown = await client.call(make, { body: { name: "x" } }).catch((thrown: unknown) => thrown);
  expect(isAmbiguous(error)).toBe(true);
  expect(server.asked).toHaveLength(1);
  await server.close();
});

test("a refusal with 429 came before anything was done, so even that is repeated", async () => {
  const { server, client } = await clientOf([refused(429, "slow"), good]);
  await client.call(make, { body: { name: "x" } });
  expect(server.asked.map(({ body }) => body)).toEqual(['{"name":"x"}', '{"name":"x"}']);
  await server.close();
});

test("no more requests are in flight than allowed", async () => {
  let inFlight = 0;
  let most = 0;
  const { server, client } = await clientOf([good], { maxConcurrentRequests: 2 });
  const call = client.call.bind(client);
  await Promise.all(
    Array.from({ length: 10 }, async () => {
      await call({ ...look, data: z.object({ name: z.string() }).refine(() => true) }, { params: { orgId: "a" } });
    }),
  );
  expect(server.asked).toHaveLength(10);
  const gated = await import("../../src/integration-api/gate.js");
  const gate = new gated.Gate(2);
  await Promise.all(
    Array.from({ length: 10 }, () =>
      gate.run(async () => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        await new Promise((resolve) => setImmediate(resolve));
        inFlight -= 1;
      }),
    ),
  );
  expect(most).toBe(2);
  await server.close();
});

test("a client that is stopped waits for nothing and repeats nothing", async () => {
  const server = await fakeServer({ status: 503, body: "<html></html>" });
  const waiting = new HttpClient(
    { endpoint: server.endpoint, apiKey: "a.b", requestTimeoutMs: 30_000, maxRetries: 3, maxConcurrentRequests: 1, userAgent: "t" },
    {
      // Stopped while it waits for the retry.
      sleep: (_, signal) =>
        new Promise((resolve) => {
          signal.addEventListener("abort", () => resolve());
          waiting.stop();
        }),
      random: () => 0,
      now: () => 0,
    },
  );
  await expect(waiting.call(look, { params: { orgId: "acme" } })).rejects.toMatchObject({ code: "server_error" });
  expect(server.asked).toHaveLength(1);
  await server.close();
});

describe("patience", () => {
  const down: Told = { status: 503, body: "<html></html>" };
  const get = (client: HttpClient) => client.call(look, { params: { orgId: "acme" } });
  /** A client of a port where nobody listens, until `opens` milliseconds have passed. */
  async function restarting(opens: number, options: Partial<ConstructorParameters<typeof HttpClient>[0]> = {}) {
    const { server } = await clientOf([good]);
    const { port } = new URL(server.endpoint);
    await server.close();
    let now = 0;
    let again: Awaited<ReturnType<typeof fakeServer>> | undefined;
    const client = new HttpClient(
      {
        endpoint: server.endpoint,
        apiKey: "a.b",
        requestTimeoutMs: 2_000,
        maxRetries: 3,
        retryTimeoutMs: 30_000,
        maxConcurrentRequests: 1,
        userAgent: "t",
        ...options,
      },
      {
        sleep: async (milliseconds) => {
          now += milliseconds;
          if (now >= opens && !again) again = await fakeServerAt(Number(port), good);
        },
        random: () => 1,
        now: () => now,
      },
    );
    return { client, passed: () => now, close: () => again?.close() };
  }

  test.each<[string, (client: HttpClient) => Promise<unknown>]>([
    ["a read", get],
    ["a write, which was never sent,", (client) => client.call(make, { body: { name: "x" } })],
  ])("%s waits for a server that restarts", async (_, call) => {
    const { client, close } = await restarting(20_000);
    expect(await call(client)).toMatchObject({ data: { name: "Acme" } });
    await close();
  });

  test("a server that stays away is waited for once, and each later call is told at once", async () => {
    const { client, passed } = await restarting(Number.POSITIVE_INFINITY);
    await expect(get(client)).rejects.toMatchObject({ code: "unreachable" });
    expect(passed()).toBe(30_000);
    await expect(get(client)).rejects.toMatchObject({ code: "unreachable" });
    // As often as max_retries says, and no longer.
    expect(passed()).toBe(30_000 + 250 + 500 + 1_000);
  });

  test("with retry_timeout = 0s, max_retries alone counts, and with max_retries = 0 nothing is repeated", async () => {
    const impatient = await restarting(Number.POSITIVE_INFINITY, { retryTimeoutMs: 0 });
    await expect(get(impatient.client)).rejects.toMatchObject({ code: "unreachable" });
    expect(impatient.passed()).toBe(250 + 500 + 1_000);
    const once = await restarting(Number.POSITIVE_INFINITY, { maxRetries: 0 });
    await expect(get(once.client)).rejects.toMatchObject({ code: "unreachable" });
    expect(once.passed()).toBe(0);
  });

  test.each([502, 503, 504])("a gateway's %i is waited for by reads, and by no write that creates something", async (status) => {
    const { server, client } = await clientOf([...Array<Told>(10).fill({ ...down, status }), good], { retryTimeoutMs: 30_000 });
    expect((await get(client)).data).toEqual({ name: "Acme" });
    await server.close();
    const other = await clientOf([{ ...down, status }, good], { retryTimeoutMs: 30_000 });
    const error: unknown = await other.client.call(make, { body: { name: "x" } }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: "server_error" });
    expect(isAmbiguous(error)).toBe(true);
    expect(other.server.asked).toHaveLength(1);
    await other.server.close();
  });

  test("a server that answered in between is waited for anew", async () => {
    const { server, client } = await clientOf([...Array<Told>(10).fill(down), good, ...Array<Told>(10).fill(down), good], {
      retryTimeoutMs: 21_000,
    });
    await get(client);
    await get(client);
    await server.close();
  });

  test.each<[string, Told]>([
    ["a timeout", { instead: "silence" }],
    ["a reset", { instead: "reset" }],
  ])("%s is repeated as often as max_retries says, and not for longer", async (_, told) => {
    const { server, client } = await clientOf([told], { retryTimeoutMs: 30_000, maxRetries: 2, requestTimeoutMs: 100 });
    await expect(get(client)).rejects.toBeInstanceOf(Error);
    expect(server.asked).toHaveLength(3);
    await server.close();
  });
});
