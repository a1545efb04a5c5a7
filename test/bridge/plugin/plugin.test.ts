import { spawn } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import * as http2 from "node:http2";
import { join } from "node:path";
import * as tls from "node:tls";
import { type Certificate, createCertificate, derOf } from "../../../src/bridge/plugin/certificate.js";
import { callGrpc, connectTls, type Plugin, startPlugin } from "../../support/plugin.js";
import { providerPackage } from "../../support/provider-mirror.js";
import { temporaryDirectory } from "../../support/run-directory.js";

let executable: string;

beforeAll(async () => {
  const folder = await providerPackage();
  executable = join(folder, readdirSync(folder).find((name) => name.startsWith("terraform-provider-")) ?? "");
});

const start = async (env?: Readonly<Record<string, string>>): Promise<Plugin> =>
  startPlugin(executable, await temporaryDirectory("plugin"), env);

/** As the host that the plugin knows, as another one, or as nobody. */
const connect = (plugin: Plugin, identity: Certificate | "nobody" = plugin.client): http2.ClientHttp2Session =>
  http2.connect("https://localhost", { createConnection: () => connectTls(plugin, identity) });

/** A refused client may see its own side of the handshake succeed, and then nothing but the end of the connection. */
async function call(session: http2.ClientHttp2Session, path: string) {
  const ended = await callGrpc(session, path);
  if (ended.status === undefined) throw new Error("The connection ended without an answer");
  return ended;
}

test("on Windows, which has no Unix sockets here, it listens on the loopback interface, for the host alone", async () => {
  const pretend = join(await temporaryDirectory("windows"), "windows.cjs");
  await writeFile(pretend, 'Object.defineProperty(process, "platform", { value: "win32" });');
  const started = await start({ NODE_OPTIONS: `--require ${pretend}` });
  expect(started.fields.slice(0, 3)).toEqual(["1", "6", "tcp"]);
  expect(started.address).toMatch(/^127\.0\.0\.1:\d+$/);
  const session = connect(started);
  expect((await call(session, "/tfplugin6.Provider/GetProviderSchema")).status).toBe("0");
  await expect(call(connect(started, createCertificate(Date.now())), "/tfplugin6.Provider/GetProviderSchema")).rejects.toThrow();
  expect((await call(session, "/plugin.GRPCController/Shutdown")).status).toBe("0");
  expect(await started.ended).toBe(0);
  session.destroy();
});

const handshake = /^1\|6\|(unix|tcp)\|[^|]+\|grpc\|/;
const COOKIE = { TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2" };

/** Starts the executable itself, and gives the first line of its stdout. */
async function firstLine(env: Readonly<Record<string, string>>): Promise<string> {
  const child = spawn(executable, { env: { PATH: process.env.PATH, ...COOKIE, ...env }, stdio: ["ignore", "pipe", "ignore"] });
  const ended = new Promise((resolve) => child.once("close", resolve));
  const line = await new Promise<string>((resolve) => {
    child.stdout.once("data", (chunk: Buffer) => resolve(String(chunk)));
    child.once("close", () => resolve(""));
  });
  child.kill("SIGTERM");
  await ended;
  return line;
}

test.each([
  "--inspect-brk=0",
  "--inspect=0 --max-old-space-size=4000",
  "--require /nowhere/hook.js",
  "--import /nowhere/hook.mjs",
  "--no-such-option",
])("it starts with NODE_OPTIONS=%s, as an editor may leave it", async (NODE_OPTIONS) => {
  expect(await firstLine({ NODE_OPTIONS })).toMatch(handshake);
});

test("it starts with a hook that prints where the handshake belongs", async () => {
  const hook = join(await temporaryDirectory("hook"), "hook.cjs");
  await writeFile(hook, 'console.log("hello");');
  expect(await firstLine({ NODE_OPTIONS: `--require ${hook}` })).toMatch(handshake);
});

test("without Node.js it says so where Terraform shows it", async () => {
  expect(await firstLine({ PATH: "/nowhere" })).toContain("Node.js is not on the PATH");
});

test.each([
  ["too long for a socket", async () => mkdir(join(await temporaryDirectory("long"), "d".repeat(100)), { recursive: true })],
  ["not there", async () => "/nowhere/at/all"],
  ["a file", async () => __filename],
])("it starts where TMPDIR is %s", async (_, make) => {
  const TMPDIR = (await make()) ?? "";
  const started = await startPlugin(executable, "", { TMPDIR });
  const session = connect(started);
  expect((await call(session, "/tfplugin6.Provider/GetProviderSchema")).status).toBe("0");
  expect((await call(session, "/plugin.GRPCController/Shutdown")).status).toBe("0");
  expect(await started.ended).toBe(0);
  session.destroy();
});

const noFolder = async () => {
  const hook = join(await temporaryDirectory("full"), "full.cjs");
  await writeFile(hook, 'require("node:fs").mkdtempSync = () => { throw new Error("the disk is full"); };');
  return { NODE_OPTIONS: `--require ${hook}` };
};

test("where no folder takes a socket it listens on the loopback interface, for the host alone", async () => {
  const started = await start(await noFolder());
  expect(started.fields[2]).toBe("tcp");
  const session = connect(started);
  expect((await call(session, "/plugin.GRPCController/Shutdown")).status).toBe("0");
  await expect(call(connect(started, "nobody"), "/tfplugin6.Provider/GetMetadata")).rejects.toThrow();
  expect(await started.ended).toBe(0);
  session.destroy();
});

test("where nothing would keep others out it says in one line why it does not start", async () => {
  const line = await firstLine(await noFolder());
  expect(line).toMatch(/^The provider cannot start: there is no folder for its socket; set TMPDIR .*the disk is full.*\n$/);
});

test("the handshake, a call, an unknown method, and the shutdown", async () => {
  const started = await start();
  expect(started.fields.slice(0, 3)).toEqual(["1", "6", "unix"]);
  expect(started.fields[4]).toBe("grpc");
  const session = connect(started);
  expect(await call(session, "/tfplugin6.Provider/GetProviderSchema")).toMatchObject({ status: "0", bytes: expect.any(Number) });
  expect((await call(session, "/tfplugin6.Provider/GetMetadata")).bytes).toBeGreaterThan(5);
  expect((await call(session, "/tfplugin6.Provider/Nothing")).status).toBe("12");
  expect((await call(session, "/plugin.GRPCController/Shutdown")).status).toBe("0");
  expect(await started.ended).toBe(0);
  expect(existsSync(started.address)).toBe(false);
  session.destroy();
});

test.each<[string, Certificate | "nobody"]>([
  ["with another certificate", createCertificate(Date.now())],
  ["without a certificate", "nobody"],
])("a client %s is refused", async (_, identity) => {
  const started = await start();
  const session = connect(started, identity);
  await expect(call(session, "/tfplugin6.Provider/GetMetadata")).rejects.toThrow();
  session.destroy();
  started.process.kill("SIGTERM");
  await started.ended;
});

test("an interrupt is left to Terraform", async () => {
  const started = await start();
  started.process.kill("SIGINT");
  const session = connect(started);
  expect((await call(session, "/tfplugin6.Provider/GetProviderSchema")).status).toBe("0");
  session.destroy();
  started.process.kill("SIGTERM");
  expect(await started.ended).toBe(0);
  expect(existsSync(started.address)).toBe(false);
});

test("a person who starts it by hand is told what it is", async () => {
  const child = spawn(process.execPath, [executable], { env: { PATH: process.env.PATH }, stdio: ["ignore", "pipe", "pipe"] });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  expect(await new Promise((resolve) => child.once("close", resolve))).toBe(1);
  expect(out).toBe("");
  expect(err).toContain("This is a Terraform provider");
});

test("a plugin whose host is gone ends and takes its socket along", async () => {
  const started = await start();
  const session = connect(started);
  await call(session, "/tfplugin6.Provider/GetProviderSchema");
  session.destroy();
  expect(await started.ended).toBe(0);
  expect(existsSync(started.address)).toBe(false);
}, 30_000);

test("a thousand certificates are read by OpenSSL", () => {
  for (let count = 0; count < 1000; count++) {
    const { certificatePem, der } = createCertificate(Date.now());
    expect(() => tls.createSecureContext({ cert: certificatePem })).not.toThrow();
    expect(derOf(certificatePem)?.equals(der)).toBe(true);
  }
});
