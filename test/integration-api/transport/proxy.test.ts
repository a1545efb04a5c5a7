import * as net from "node:net";
import { isAmbiguous } from "../../../src/integration-api/errors.js";
import { health } from "../../../src/integration-api/server.js";
import { Authority } from "../../support/certificates.js";
import { httpProxy, socks5Proxy } from "./proxies.js";
import { clientOf, closeServers, failure, failureOfWrite, listening, plain, secure } from "./servers.js";

afterEach(closeServers);

const authority = new Authority("Acme Root");
const certificate = authority.issue({ name: "api", hosts: ["api.example", "proxy.example", "127.0.0.1"] });
const trusted = { caCertificate: authority.cert };
const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

test("plain HTTP is handed to the proxy as it is, with the server's name", async () => {
  let host: string | undefined;
  const server = await plain((request, response) => {
    host = request.headers.host;
    response.writeHead(200, { "Content-Type": "application/json" }).end('{"message":"Healthy"}');
  });
  const proxy = await httpProxy();
  expect(await failure(`http://api.example:${server}`, { env: { HTTP_PROXY: `127.0.0.1:${proxy.port}` } })).toBeUndefined();
  expect(proxy.asked).toEqual([`GET http://api.example:${server}/v1/`]);
  expect(host).toBe(`api.example:${server}`);
  expect(proxy.authorizations).toEqual([undefined]);
});

test("HTTPS goes through a tunnel, and its certificate is the server's", async () => {
  const server = await secure(certificate);
  const proxy = await httpProxy();
  const env = { HTTPS_PROXY: `http://us%40er:p%3Aw@127.0.0.1:${proxy.port}` };
  const client = clientOf(`https://api.example:${server}`, { env, ...trusted, maxConcurrentRequests: 1 });
  await client.call(health);
  await client.call(health);
  expect(proxy.asked).toEqual([`CONNECT api.example:${server}`]);
  expect(proxy.authorizations).toEqual([basic("us@er:p:w")]);
  expect(await failure(`https://other.example:${server}`, { env, ...trusted })).toMatchObject({
    code: "certificate_refused",
    message: expect.stringContaining("is not for other.example but for api.example"),
  });
});

test("a proxy that is spoken to with TLS", async () => {
  const proxy = await httpProxy({ tls: certificate });
  const env = { HTTP_PROXY: `https://127.0.0.1:${proxy.port}`, HTTPS_PROXY: `https://127.0.0.1:${proxy.port}` };
  expect(await failure(`https://api.example:${await secure(certificate)}`, { env, ...trusted })).toBeUndefined();
  expect(await failure(`http://api.example:${await plain()}`, { env, ...trusted })).toBeUndefined();
  expect(await failure(`http://api.example:${await plain()}`, { env })).toMatchObject({
    code: "certificate_refused",
    message: expect.stringContaining(`the certificate of the proxy 127.0.0.1:${proxy.port}`),
  });
});

test("NO_PROXY and loopback addresses are asked directly", async () => {
  const proxy = await httpProxy();
  const env = { HTTP_PROXY: `127.0.0.1:${proxy.port}`, HTTPS_PROXY: `127.0.0.1:${proxy.port}` };
  expect(await failure(`http://127.0.0.1:${await plain()}`, { env })).toBeUndefined();
  expect(await failure(`https://127.0.0.1:${await secure(certificate)}`, { env, ...trusted })).toBeUndefined();
  expect(await failure("http://api.invalid:80", { env: { ...env, NO_PROXY: ".invalid" } })).toMatchObject({
    code: "unreachable",
    message: expect.stringContaining("there is no host named api.invalid"),
  });
  expect(proxy.asked).toEqual([]);
});

test.each(["http", "https"])("a proxy that asks for credentials, before a %s endpoint", async (scheme) => {
  const proxy = await httpProxy({ refuse: 407 });
  const variable = scheme === "http" ? "HTTP_PROXY" : "HTTPS_PROXY";
  const without = { [variable]: `127.0.0.1:${proxy.port}` };
  expect(await failure(`${scheme}://api.example:80`, { env: without })).toMatchObject({
    code: "proxy_failed",
    message: expect.stringContaining("asks for a user name and a password (407)"),
    advice: expect.stringContaining(`${variable}: http://user:password@127.0.0.1:${proxy.port}`),
  });
  const wrong = { [variable]: `http://me:s3cr3t@127.0.0.1:${proxy.port}` };
  const error = await failureOfWrite(`${scheme}://api.example:80`, { env: wrong, maxRetries: 3 });
  expect(error).toMatchObject({
    code: "proxy_failed",
    message: expect.stringContaining(`refuses the user name and password of ${variable}`),
  });
  expect(isAmbiguous(error)).toBe(false);
  expect(proxy.asked).toHaveLength(2);
});

test("a proxy that refuses, and one that does not reach the server", async () => {
  const forbidding = await httpProxy({ refuse: 403 });
  const refused = await failureOfWrite("https://api.example", { env: { HTTPS_PROXY: `127.0.0.1:${forbidding.port}` } });
  expect(refused).toMatchObject({
    code: "proxy_failed",
    message: expect.stringContaining("refuses to connect to api.example:443 (403)"),
    advice: expect.stringContaining("allow api.example:443"),
  });
  const helpless = await httpProxy({ refuse: 502 });
  const unreachable = await failureOfWrite("https://api.example", { env: { HTTPS_PROXY: `127.0.0.1:${helpless.port}` }, maxRetries: 1 });
  expect(unreachable).toMatchObject({ code: "unreachable", message: expect.stringContaining("cannot reach api.example:443 (502)") });
  expect(helpless.asked).toHaveLength(2);
  for (const error of [refused, unreachable]) expect(isAmbiguous(error)).toBe(false);
});

test("a proxy that is not there, and what is none", async () => {
  const silent = await listening(net.createServer((socket) => socket.once("data", () => socket.destroy())));
  const ssh = await listening(net.createServer((socket) => socket.write("SSH-2.0-OpenSSH_9.2\r\n")));
  const ask = (proxy: string) => failureOfWrite("https://api.example", { env: { HTTPS_PROXY: proxy } });
  const errors = [
    await ask("me:s3cr3t@127.0.0.1:1"),
    await ask(`127.0.0.1:${silent}`),
    await ask(`127.0.0.1:${ssh}`),
    await ask("http://:x"),
  ];
  expect(errors.map((error) => [error?.code, error?.message.replace(/:\d+/, "")])).toEqual([
    ["unreachable", "PUT /org/acme/api-key could not be sent: nobody listens at the proxy 127.0.0.1 (ECONNREFUSED)."],
    ["unreachable", "PUT /org/acme/api-key could not be sent: the proxy 127.0.0.1 closed the connection before it led to api.example:443."],
    ["proxy_failed", "PUT /org/acme/api-key could not be sent: the proxy 127.0.0.1 does not speak HTTP."],
    ["proxy_failed", "PUT /org/acme/api-key could not be sent: HTTPS_PROXY is not the address of a proxy."],
  ]);
  for (const error of errors) expect(isAmbiguous(error)).toBe(false);
});

test("a SOCKS5 proxy gets the server's name, for HTTP and HTTPS", async () => {
  const proxy = await socks5Proxy();
  const env = { HTTP_PROXY: `socks5://127.0.0.1:${proxy.port}`, HTTPS_PROXY: `socks5h://127.0.0.1:${proxy.port}` };
  const [http, https] = [await plain(), await secure(certificate)];
  expect(await failure(`http://api.example:${http}`, { env })).toBeUndefined();
  expect(await failure(`https://api.example:${https}`, { env, ...trusted })).toBeUndefined();
  expect(proxy.asked).toEqual([`name api.example:${http}`, `name api.example:${https}`]);
});

test("a SOCKS5 proxy with a password, and its refusals", async () => {
  const server = await plain();
  const proxy = await socks5Proxy({ password: "s3cr3t" });
  const ask = (authority: string) =>
    failureOfWrite(`http://api.example:${server}`, { env: { HTTP_PROXY: `socks5://${authority}:${proxy.port}` } });
  // The server was reached: what it answers to a write is no answer of the Integration API.
  expect(await ask("me:s3cr3t@127.0.0.1")).toMatchObject({ code: "not_an_integration_api", details: { status: 200 } });
  expect(proxy.authorizations).toEqual(["me:s3cr3t"]);
  expect(await ask("me:no@127.0.0.1")).toMatchObject({
    code: "proxy_failed",
    message: expect.stringContaining("refuses the user name and password of HTTP_PROXY"),
  });
  expect(await ask("127.0.0.1")).toMatchObject({
    code: "proxy_failed",
    message: expect.stringContaining("asks for a user name and a password"),
  });
  for (const [reply, code, words] of [
    [5, "unreachable", "the connection was refused"],
    [2, "proxy_failed", "its rules do not allow it"],
  ] as const) {
    const refusing = await socks5Proxy({ reply });
    const env = { HTTP_PROXY: `socks5://127.0.0.1:${refusing.port}` };
    expect(await failure("http://api.example:80", { env })).toMatchObject({ code, message: expect.stringContaining(words) });
  }
});
