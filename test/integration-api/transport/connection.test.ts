import * as net from "node:net";
import { isAmbiguous } from "../../../src/integration-api/errors.js";
import { health } from "../../../src/integration-api/server.js";
import { clientOf, closeServers, failure, failureOfWrite, listening, plain } from "./servers.js";

afterEach(closeServers);

/** Sends a piece each 20 ms, for ever. */
const drip = (first: string, piece: string) =>
  listening(
    net.createServer((socket) => {
      socket.once("data", () => {
        socket.write(first);
        const timer = setInterval(() => socket.write(piece), 20);
        socket.on("close", () => clearInterval(timer));
      });
    }),
  );

test.each([
  ["a body that drips", "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n", " "],
  ["a chunked body that drips", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", "1\r\n \r\n"],
  ["headers that drip", "HTTP/1.1 200 OK\r\n", "X-A: b\r\n"],
  ["a status line that drips", "HTTP/1.1 200 ", "O"],
  ["answers of which none is the last", "", "HTTP/1.1 102 Processing\r\n\r\n"],
])("%s does not outlive the timeout", async (_, first, piece) => {
  const port = await drip(first, piece);
  const error = await failureOfWrite(`http://127.0.0.1:${port}`, { requestTimeoutMs: 300 });
  expect(error).toMatchObject({ code: "timeout", message: expect.stringContaining("was not whole within request_timeout (0.3 s)") });
  expect(isAmbiguous(error)).toBe(true);
});

test("a server that takes the connection and says nothing", async () => {
  const port = await listening(net.createServer(() => {}));
  const sent = await failureOfWrite(`http://127.0.0.1:${port}`, { requestTimeoutMs: 200 });
  expect(sent).toMatchObject({ code: "timeout" });
  expect(isAmbiguous(sent)).toBe(true);
  const unsent = await failureOfWrite(`https://127.0.0.1:${port}`, { requestTimeoutMs: 200 });
  expect(unsent).toMatchObject({
    code: "unreachable",
    message: expect.stringContaining(`the TLS handshake with 127.0.0.1:${port} took longer than`),
  });
  expect(isAmbiguous(unsent)).toBe(false);
  const proxied = await failureOfWrite("https://api.example", { requestTimeoutMs: 200, env: { HTTPS_PROXY: `127.0.0.1:${port}` } });
  expect(proxied).toMatchObject({
    code: "unreachable",
    message: expect.stringContaining(`waiting for the proxy 127.0.0.1:${port} took longer`),
  });
});

test.each([
  ["http://127.0.0.1:1", "nobody listens at 127.0.0.1:1 (ECONNREFUSED)", "whether Pangolin runs"],
  ["https://[::1]:1", "[::1]:1", "whether Pangolin runs"],
  ["http://no-such-host.invalid", "there is no host named no-such-host.invalid", "spelling"],
])("%s cannot be reached", async (endpoint, message, advice) => {
  const error = await failureOfWrite(endpoint);
  expect(error).toMatchObject({ code: "unreachable", message: expect.stringContaining(message), advice: expect.stringContaining(advice) });
  expect(isAmbiguous(error)).toBe(false);
});

test("what is no HTTP server is said to be none", async () => {
  const port = await listening(net.createServer((socket) => socket.write("SSH-2.0-OpenSSH_9.2\r\n")));
  expect(await failure(`http://127.0.0.1:${port}`)).toMatchObject({
    code: "not_an_integration_api",
    message: expect.stringContaining("not HTTP"),
  });
});

test("a redirect is not followed, and the key goes nowhere else", async () => {
  const elsewhere: string[] = [];
  const other = await plain((request, response) => {
    elsewhere.push(String(request.headers.authorization));
    response.end();
  });
  const port = await plain((_, response) => response.writeHead(307, { Location: `http://127.0.0.1:${other}/v1/` }).end());
  expect(await failure(`http://127.0.0.1:${port}`)).toMatchObject({
    code: "redirected",
    message: expect.stringContaining(`127.0.0.1:${other}`),
  });
  expect(elsewhere).toEqual([]);
});

test("reads share a connection, and a write that cannot be repeated gets one of its own", async () => {
  const ports: (number | undefined)[] = [];
  const port = await plain((request, response) => {
    ports.push(request.socket.remotePort);
    response.writeHead(200, { "Content-Type": "application/json" }).end('{"message":"Healthy"}');
  });
  const client = clientOf(`http://127.0.0.1:${port}`, { maxConcurrentRequests: 1 });
  for (let time = 0; time < 3; time++) await client.call(health);
  expect(new Set(ports).size).toBe(1);
  await failureOfWrite(`http://127.0.0.1:${port}`);
  await failureOfWrite(`http://127.0.0.1:${port}`);
  expect(new Set(ports).size).toBe(3);
});

test("a server that drops a connection after its answer costs no write", async () => {
  // As the real one does after some failing requests.
  const port = await plain((_, response) => {
    response
      .writeHead(200, { "Content-Type": "application/json", Connection: "keep-alive" })
      .end('{"message":"Healthy"}', () => response.socket?.destroy());
  });
  const client = clientOf(`http://127.0.0.1:${port}`, { maxConcurrentRequests: 1 });
  await client.call(health);
  await expect(client.call({ ...health, repeatable: false })).resolves.toMatchObject({ data: { message: "Healthy" } });
});
