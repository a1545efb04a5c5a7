import { type ChildProcess, spawn } from "node:child_process";
import type * as http2 from "node:http2";
import * as tls from "node:tls";
import { type Certificate, createCertificate } from "../../src/bridge/plugin/certificate.js";

const COOKIE = { TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2" };

/** Where a plugin listens, and for whom. */
export interface Reachable {
  /** The parts of the handshake line. */
  readonly fields: readonly string[];
  /** A path, or host and port. */
  readonly address: string;
  /** What the host identifies itself with: the only certificate that the plugin lets in. */
  readonly client: Certificate;
}

export interface Plugin extends Reachable {
  readonly process: ChildProcess;
  readonly ended: Promise<number | null>;
}

/** Starts a provider as Terraform does, and reads its handshake. Its socket lies in a folder of its own inside of `sockets`. */
export async function startPlugin(executable: string, sockets: string, env: Readonly<Record<string, string>> = {}): Promise<Plugin> {
  const client = createCertificate(Date.now());
  const child = spawn(process.execPath, [executable], {
    env: { PATH: process.env.PATH, ...COOKIE, PLUGIN_CLIENT_CERT: client.certificatePem, PLUGIN_UNIX_SOCKET_DIR: sockets, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once("data", (chunk: Buffer) => resolve(chunk.toString()));
    child.once("exit", () => reject(new Error("the plugin ended before its handshake")));
  });
  const fields = line.trim().split("|");
  return { process: child, fields, address: fields[3] ?? "", client, ended };
}

/** The plugin's own certificate. The handshake leaves the padding out, which PEM needs. */
export const serverPem = ({ fields }: Reachable): string =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(fields[5] ?? "", "base64").toString("base64")}\n-----END CERTIFICATE-----\n`;

/** A TLS connection to it, as the host it knows, as another one, or as nobody. */
export function connectTls(plugin: Reachable, identity: Certificate | "nobody" = plugin.client): tls.TLSSocket {
  const [host = "", port] = plugin.address.split(":");
  return tls.connect({
    ...(plugin.fields[2] === "tcp" ? { host, port: Number(port) } : { path: plugin.address }),
    servername: "localhost",
    ca: serverPem(plugin),
    ALPNProtocols: ["h2"],
    ...(identity !== "nobody" && { cert: identity.certificatePem, key: identity.privateKeyPem }),
  });
}

/** How a call of gRPC ended. */
export interface Ended {
  /** gRPC's own; undefined where the connection or the stream ended without one. */
  readonly status: string | undefined;
  readonly message: string;
  /** Those of the answer. */
  readonly bytes: number;
}

/** One call, by default with an empty message. Where the request is not to be whole, it is ended only once the answer is. */
export function callGrpc(
  session: http2.ClientHttp2Session,
  path: string,
  {
    body = Buffer.alloc(5),
    whole = true,
    scheme = "https",
  }: { readonly body?: Buffer; readonly whole?: boolean; readonly scheme?: string } = {},
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    // What ends a session ends its streams, which tell of it, and it may end later than they do.
    if (session.listenerCount("error") === 0) session.on("error", () => {});
    const stream = session.request(
      { ":method": "POST", ":scheme": scheme, ":path": path, "content-type": "application/grpc", te: "trailers" },
      { endStream: false },
    );
    let [status, message, bytes]: [string | undefined, string, number] = [undefined, "", 0];
    const note = (headers: http2.IncomingHttpHeaders) => {
      status = headers["grpc-status"] === undefined ? status : String(headers["grpc-status"]);
      message = String(headers["grpc-message"] ?? message);
    };
    stream.on("response", note);
    stream.on("trailers", note);
    stream.on("data", (chunk: Buffer) => {
      bytes += chunk.length;
    });
    stream.on("error", reject);
    stream.on("close", () => resolve({ status, message, bytes }));
    if (whole) stream.end(body);
    else stream.once("end", () => stream.end()).write(body);
  });
}
