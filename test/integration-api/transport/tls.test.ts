import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import * as net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tls from "node:tls";
import { isAmbiguous } from "../../../src/integration-api/errors.js";
import { problemOfCertificates } from "../../../src/integration-api/index.js";
import { health } from "../../../src/integration-api/server.js";
import { Connector } from "../../../src/integration-api/transport/connector.js";
import { handshakeFailure } from "../../../src/integration-api/transport/tls-failure.js";
import { Trust } from "../../../src/integration-api/transport/trust.js";
import { Authority, type Issued, selfSigned } from "../../support/certificates.js";
import { clientOf, closeServers, failure, failureOfWrite, listening, plain, secure } from "./servers.js";

afterEach(closeServers);

const authority = new Authority("Acme Root");
const intermediate = new Authority("Acme Issuing", authority);
const good = authority.issue({ name: "api", hosts: ["localhost", "127.0.0.1"] });
const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const at = (port: number) => `https://localhost:${port}`;
const trusted = { caCertificate: authority.cert };

test("an authority of one's own is trusted, by name and by address, alone and among several", async () => {
  const port = await secure(good);
  expect(await failure(at(port), trusted)).toBeUndefined();
  expect(await failure(`https://127.0.0.1:${port}`, trusted)).toBeUndefined();
  expect(await failure(at(port), { caCertificate: new Authority("Other").cert + authority.cert })).toBeUndefined();
  expect(problemOfCertificates(authority.cert + intermediate.cert)).toBeUndefined();
});

test("the certificate is looked at on every connection, and a session that is taken up is of one that was", async () => {
  const port = await secure({ ...good, maxVersion: "TLSv1.2" });
  const client = clientOf(at(port), trusted);
  await Promise.all(Array.from({ length: 6 }, () => client.call(health)));
  const wrong = await secure({ ...authority.issue({ name: "x", hosts: ["other.example"] }), maxVersion: "TLSv1.2" });
  const mistaken = clientOf(at(wrong), trusted);
  for (let time = 0; time < 3; time++)
    await expect(mistaken.call(health)).rejects.toMatchObject({ message: expect.stringContaining("other.example") });
});

const CERTIFICATES: readonly [string, Issued & { readonly ca?: string }, RegExp, RegExp][] = [
  ["expired", authority.issue({ name: "api", hosts: ["localhost"], from: -9, to: -2 }), new RegExp(`expired on ${day(-2)}`), /Renew it/],
  ["not valid yet", authority.issue({ name: "api", hosts: ["localhost"], from: 2 }), new RegExp(`begins on ${day(2)}`), /clock/],
  [
    "of another host",
    authority.issue({ name: "api", hosts: ["api.example.com", "10.0.0.1"] }),
    /is not for localhost but for api\.example\.com, 10\.0\.0\.1/,
    /name of the certificate/,
  ],
  [
    "of an unknown authority",
    new Authority("Nobody Root").issue({ name: "api", hosts: ["localhost"] }),
    /issued by "Nobody Root", an authority that is not known/,
    /ca_certificate is set, and is not the right one/,
  ],
  [
    "whose intermediate is left out",
    intermediate.issue({ name: "api", hosts: ["localhost"] }),
    /issued by "Acme Issuing"/,
    /left out a certificate between/,
  ],
  [
    "signed by itself",
    selfSigned({ name: "api", hosts: ["localhost"] }),
    /nobody but itself \(self-signed, for "api"\)/,
    /certificate itself/,
  ],
  [
    "Traefik's own",
    selfSigned({ name: "TRAEFIK DEFAULT CERT", hosts: ["localhost"] }),
    /self-signed, for "TRAEFIK DEFAULT CERT"/,
    /Traefik has none for this name/,
  ],
];

test.each(CERTIFICATES)("a certificate that is %s", async (_, issued, message, advice) => {
  const port = await secure(issued);
  const error = await failure(at(port), trusted);
  expect(error).toMatchObject({
    code: "certificate_refused",
    message: expect.stringMatching(message),
    advice: expect.stringMatching(advice),
  });
  expect(error?.message).toMatch(/^GET \/ could not be sent: the certificate of localhost:\d+ /);
  expect(isAmbiguous(await failureOfWrite(at(port), trusted))).toBe(false);
  expect(await failure(at(port), { insecureSkipVerify: true })).toBeUndefined();
});

test("an authority above the certificate that has expired", async () => {
  const expired = new Authority("Old Issuing", authority, { from: -9, to: -2 });
  const issued = expired.issue({ name: "api", hosts: ["localhost"] });
  const port = await secure({ key: issued.key, cert: issued.cert + expired.cert });
  expect(await failure(at(port), trusted)).toMatchObject({
    message: expect.stringContaining("or that of an authority above it, has expired"),
  });
});

test("a chain that is sent whole is trusted", async () => {
  const issued = intermediate.issue({ name: "api", hosts: ["localhost"] });
  const port = await secure({ key: issued.key, cert: issued.cert + intermediate.cert });
  expect(await failure(at(port), trusted)).toBeUndefined();
});

test("without ca_certificate, the advice names every place for it", async () => {
  const error = await failure(at(await secure(good)));
  expect(error).toMatchObject({
    code: "certificate_refused",
    message: expect.stringContaining('issued by "Acme Root"'),
    advice: expect.stringMatching(/ca_certificate \(PANGOLIN_CA_CERTIFICATE\).*SSL_CERT_FILE, SSL_CERT_DIR/),
  });
});

describe("authorities of the environment", () => {
  const folder = mkdtempSync(join(tmpdir(), "authorities-"));
  const file = join(folder, "root.pem");
  const other = mkdtempSync(join(tmpdir(), "others-"));
  writeFileSync(file, `# Acme\n${authority.cert}`);
  writeFileSync(join(other, "other.pem"), new Authority("Other").cert);
  writeFileSync(join(other, "README"), "no certificate");
  afterAll(() => {
    for (const path of [folder, other]) rmSync(path, { recursive: true });
  });

  test.each<[string, NodeJS.ProcessEnv, boolean]>([
    ["SSL_CERT_FILE", { SSL_CERT_FILE: file }, true],
    ["SSL_CERT_DIR", { SSL_CERT_DIR: folder }, true],
    ["a list in SSL_CERT_DIR", { SSL_CERT_DIR: `/nowhere:${other}:${folder}` }, true],
    ["NODE_EXTRA_CA_CERTS beside them", { SSL_CERT_DIR: other, NODE_EXTRA_CA_CERTS: file }, true],
    ["others in SSL_CERT_DIR", { SSL_CERT_DIR: other }, false],
    ["a file that is not there", { SSL_CERT_FILE: "/nowhere/root.pem", SSL_CERT_DIR: other }, false],
  ])("%s", async (_, env, isTrusted) => {
    const error = await failure(at(await secure(good)), { env });
    if (isTrusted) expect(error).toBeUndefined();
    else expect(error).toMatchObject({ code: "certificate_refused", message: expect.stringContaining("Acme Root") });
  });

  test("variables that name nothing are told", async () => {
    const env = { SSL_CERT_FILE: "/nowhere/root.pem", SSL_CERT_DIR: "/nowhere" };
    expect(await failure(at(await secure(good)), { env })).toMatchObject({
      code: "certificate_refused",
      message: expect.stringContaining("SSL_CERT_FILE and SSL_CERT_DIR name no certificate"),
    });
    expect(await failure(at(await secure(good)), { env, ...trusted })).toBeUndefined();
  });
});

test("the system's authorities are trusted beside those of Node.js, by several connections at once", async () => {
  const port = await secure(good);
  let loads = 0;
  const system = () => {
    loads++;
    return [authority.cert];
  };
  const connector = new Connector({
    target: new URL(at(port)),
    proxy: undefined,
    trust: new Trust({ caCertificate: undefined, env: {}, system }),
    insecureSkipVerify: false,
    hasOwnAuthority: false,
    timeoutMs: 5_000,
  });
  const sockets = await Promise.all(Array.from({ length: 4 }, () => connector.connect()));
  for (const socket of sockets) socket.destroy();
  expect(loads).toBe(1);
});

test("plain HTTP at an https address", async () => {
  const port = await plain();
  const expected = {
    code: "wrong_protocol",
    message: expect.stringContaining("answers, but not with TLS"),
    advice: expect.stringContaining("http://"),
  };
  expect(await failure(at(port))).toMatchObject(expected);
  const write = await failureOfWrite(at(port));
  expect(write).toMatchObject(expected);
  expect(isAmbiguous(write)).toBe(false);
});

test("TLS at an http address", async () => {
  const port = await secure(good);
  for (const error of [await failure(`http://localhost:${port}`), await failureOfWrite(`http://localhost:${port}`)]) {
    expect(error).toMatchObject({
      code: "wrong_protocol",
      message: expect.stringContaining("expects TLS"),
      advice: expect.stringContaining(`https://localhost:${port}/v1`),
    });
    expect(isAmbiguous(error)).toBe(false);
  }
});

test.each([
  ["nginx's words for plain HTTP", "<html><title>400 The plain HTTP request was sent to HTTPS port</title></html>"],
  ["Go's words for plain HTTP", "Client sent an HTTP request to an HTTPS server.\n"],
])("%s", async (_, body) => {
  const port = await plain((__, response) => response.writeHead(400).end(body));
  expect(await failure(`http://localhost:${port}`)).toMatchObject({ code: "wrong_protocol", advice: expect.stringContaining("https://") });
});

test("a server with versions of TLS that are too old", async () => {
  const port = await secure({ ...good, minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" });
  expect(await failure(at(port), trusted)).toMatchObject({
    code: "wrong_protocol",
    message: expect.stringContaining("shares no version of TLS"),
    advice: expect.stringContaining("TLS 1.2 or 1.3"),
  });
});

test.each([
  ["ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED", "asks for a client certificate"],
  ["ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE", "asks for a client certificate"],
  ["ERR_SSL_TLSV1_UNRECOGNIZED_NAME", "does not know the host's name"],
  ["ERR_SSL_SSLV3_ALERT_HANDSHAKE_FAILURE", "shares no way of encryption"],
  ["EPROTO", "no TLS connection to api:443 came about (EPROTO)"],
])("%s, an alert that some servers send", (code, what) => {
  const peer = { host: "api", name: "api:443", isProxy: false, hasOwnAuthority: false };
  expect(handshakeFailure(Object.assign(new Error("alert"), { code }), peer)).toMatchObject({
    code: "wrong_protocol",
    neverSent: true,
    what: expect.stringContaining(what),
  });
});

test("a server that speaks no HTTP/1.1", async () => {
  const port = await listening(tls.createServer({ ...good, ALPNProtocols: ["h2"] }));
  expect(await failure(at(port), trusted)).toMatchObject({
    code: "wrong_protocol",
    message: expect.stringContaining("does not speak HTTP/1.1"),
  });
});

test("a connection that is cut in the handshake was never sent, so that even a write is repeated", async () => {
  let connections = 0;
  const port = await listening(
    net.createServer((socket) => {
      connections++;
      socket.once("data", () => socket.destroy());
    }),
  );
  const error = await failureOfWrite(at(port), { maxRetries: 2 });
  expect(error).toMatchObject({ code: "unreachable", message: expect.stringContaining("during the TLS handshake") });
  expect(isAmbiguous(error)).toBe(false);
  expect(connections).toBe(3);
});
