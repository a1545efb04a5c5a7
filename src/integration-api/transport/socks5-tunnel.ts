import type { Duplex } from "node:stream";
import { notConnected } from "./failure.js";
import { addressOf, nameOf } from "./http-tunnel.js";
import { parseIp } from "./ip-address.js";
import type { ProxyServer } from "./proxy-environment.js";
import { readBytes } from "./read-bytes.js";

const VERSION = 5;
const NO_AUTHENTICATION = 0;
const PASSWORD = 2;
const CONNECT = 1;
const ADDRESS = { ipv4: 1, domain: 3, ipv6: 4 } as const;

/** What RFC 1928 calls the replies; those that a moment may cure, and those that stay. */
const REPLIES: Readonly<Record<number, string>> = {
  1: "a general failure",
  2: "its rules do not allow it",
  3: "the network is unreachable",
  4: "the host is unreachable",
  5: "the connection was refused",
  6: "it took too long",
  7: "it does not know the command",
  8: "it does not know the kind of address",
};
const STAYING = new Set([2, 7, 8]);

/** Asks a SOCKS5 proxy (RFC 1928, RFC 1929) for a connection. The proxy looks the name up, as with Go's socks5 and socks5h. */
export async function openSocks5(socket: Duplex, proxy: ProxyServer, host: string, port: number): Promise<void> {
  const methods = proxy.credentials ? [NO_AUTHENTICATION, PASSWORD] : [NO_AUTHENTICATION];
  socket.write(Buffer.from([VERSION, methods.length, ...methods]));
  const [version, method] = await readBytes(socket, exactly(2));
  if (version !== VERSION)
    throw notConnected("proxy_failed", `${nameOf(proxy)} does not speak SOCKS5`, `Correct ${proxy.variable}: it may be http:// instead.`);
  if (method === PASSWORD && proxy.credentials) await authenticate(socket, proxy, proxy.credentials);
  else if (method !== NO_AUTHENTICATION)
    throw notConnected(
      "proxy_failed",
      `${nameOf(proxy)} asks for a user name and a password`,
      `Put them into ${proxy.variable}: socks5://user:password@${addressOf(proxy.host, proxy.port)}, special characters percent-encoded.`,
    );
  socket.write(Buffer.from([VERSION, CONNECT, 0, ...encodeHost(host), port >> 8, port & 0xff]));
  const [, reply = 1] = await readBytes(socket, replyLength);
  if (reply === 0) return;
  throw notConnected(
    STAYING.has(reply) ? "proxy_failed" : "unreachable",
    `${nameOf(proxy)} did not connect to ${addressOf(host, port)}: ${REPLIES[reply] ?? `reply ${reply}`}`,
    "Check the endpoint's host and port, whether Pangolin runs, and what the proxy allows.",
  );
}

async function authenticate(
  socket: Duplex,
  proxy: ProxyServer,
  { user, password }: NonNullable<ProxyServer["credentials"]>,
): Promise<void> {
  const [name, secret] = [Buffer.from(user), Buffer.from(password)];
  socket.write(Buffer.concat([Buffer.from([1, name.length]), name, Buffer.from([secret.length]), secret]));
  const [, status] = await readBytes(socket, exactly(2));
  if (status === 0) return;
  throw notConnected(
    "proxy_failed",
    `${nameOf(proxy)} refuses the user name and password of ${proxy.variable}`,
    `Correct them in ${proxy.variable}; special characters are percent-encoded there.`,
  );
}

const exactly = (length: number) => (bytes: Buffer) => (bytes.length >= length ? length : 0);

function encodeHost(host: string): readonly number[] {
  const ip = parseIp(host);
  if (ip) return [ip.length === 4 ? ADDRESS.ipv4 : ADDRESS.ipv6, ...ip];
  const name = Buffer.from(host);
  return [ADDRESS.domain, name.length, ...name];
}

/** Version, reply, a zero, the kind of address, the address, and a port of two bytes. */
function replyLength(bytes: Buffer): number {
  if (bytes.length >= 2 && bytes[1] !== 0) return 2;
  if (bytes.length < 5) return 0;
  const kind = bytes[3];
  const address = kind === ADDRESS.ipv4 ? 4 : kind === ADDRESS.ipv6 ? 16 : 1 + (bytes[4] ?? 0);
  return bytes.length >= 4 + address + 2 ? 4 + address + 2 : 0;
}
