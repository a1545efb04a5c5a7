import * as http from "node:http";
import * as https from "node:https";
import * as net from "node:net";
import * as z from "zod";
import { createCertificate } from "../../src/bridge/plugin/certificate.js";
import { endpoint } from "../../src/integration-api/endpoint.js";
import { isAmbiguous, isIntegrationApiError } from "../../src/integration-api/errors.js";
import { HttpClient } from "../../src/integration-api/http-client.js";
import { type Asked, fakeServer, refused, success, type Told } from "./fake-server.js";

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
      requestTimeoutMs: 300,
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
  ["what is not there", refused(404, "Organization not found"), "not_found", "not there"],
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

test("a server that is not there, and one that is not to be found", async () => {
  for (const endpointOf of ["http://127.0.0.1:9/v1", "http://no-such-host.invalid/v1"]) {
    const { server, client } = await clientOf([good], { endpoint: endpointOf, maxRetries: 0 });
    await expect(client.call(look, { params: { orgId: "acme" } })).rejects.toMatchObject({ code: "unreachable" });
    await server.close();
  }
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

test("a proxy of the environment is used", async () => {
  const { server } = await clientOf([good]);
  const tunnels: string[] = [];
  const proxy = http.createServer();
  proxy.on("connect", (request, socket) => {
    tunnels.push(request.url ?? "");
    const target = net.connect(Number(new URL(server.endpoint).port), "127.0.0.1", () => {
      socket.write("HTTP/1.1 200 Connection Established\r\n\r\n");
      target.pipe(socket).pipe(target);
    });
  });
  await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
  const before = { ...process.env };
  Object.assign(process.env, { http_proxy: `http://127.0.0.1:${(proxy.address() as net.AddressInfo).port}`, no_proxy: "" });
  try {
    const other = await clientOf([good], { endpoint: "http://pangolin.example/v1" });
    expect((await other.client.call(look, { params: { orgId: "acme" } })).data).toEqual({ name: "Acme" });
    expect(tunnels).toEqual(["pangolin.example:80"]);
    await other.server.close();
  } finally {
    process.env = before;
    await server.close();
    proxy.close();
    proxy.closeAllConnections();
  }
});

test("an authority of one's own is trusted, and one that nobody named is not", async () => {
  const { certificatePem, privateKeyPem } = createCertificate(Date.now());
  const secure = https.createServer({ cert: certificatePem, key: privateKeyPem }, (_, response) =>
    response.writeHead(200, { "Content-Type": "application/json" }).end(JSON.stringify(success({ name: "Acme" }))),
  );
  await new Promise<void>((resolve) => secure.listen(0, "127.0.0.1", resolve));
  const endpointOf = `https://localhost:${(secure.address() as net.AddressInfo).port}/v1`;
  const ask = async (options: object) => {
    const { server, client } = await clientOf([good], { endpoint: endpointOf, maxRetries: 0, requestTimeoutMs: 5_000, ...options });
    await server.close();
    return client.call(look, { params: { orgId: "acme" } });
  };
  await expect(ask({})).rejects.toMatchObject({ code: "certificate_refused", advice: expect.stringContaining("ca_certificate") });
  expect((await ask({ caCertificate: certificatePem })).data).toEqual({ name: "Acme" });
  expect((await ask({ insecureSkipVerify: true })).data).toEqual({ name: "Acme" });
  secure.close();
  secure.closeAllConnections();
});

test("a client that is stopped waits for nothing and repeats nothing", async () => {
  const server = await fakeServer({ status: 503, body: "<html></html>" });
  const waiting = new HttpClient(
    { endpoint: server.endpoint, apiKey: "a.b", requestTimeoutMs: 300, maxRetries: 3, maxConcurrentRequests: 1, userAgent: "t" },
    {
      sleep: (_, signal) => new Promise((resolve) => signal.addEventListener("abort", () => resolve())),
      random: () => 0,
      now: () => 0,
    },
  );
  const call = waiting.call(look, { params: { orgId: "acme" } });
  setTimeout(() => waiting.stop(), 20);
  await expect(call).rejects.toMatchObject({ code: "server_error" });
  expect(server.asked).toHaveLength(1);
  await server.close();
});
