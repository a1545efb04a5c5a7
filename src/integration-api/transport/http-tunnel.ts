import type { Duplex } from "node:stream";
import { notConnected, type TransportFailure } from "./failure.js";
import type { ProxyServer } from "./proxy-environment.js";
import { readBytes } from "./read-bytes.js";

const LONGEST_HEAD = 16_384;

/** For the header Proxy-Authorization, or undefined where the proxy's variable holds no credentials. */
export const proxyAuthorization = ({ credentials }: ProxyServer): string | undefined =>
  credentials && `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString("base64")}`;

/** Asks an HTTP proxy for a tunnel to `target` (host:port). */
export async function openTunnel(socket: Duplex, proxy: ProxyServer, target: string): Promise<void> {
  const authorization = proxyAuthorization(proxy);
  socket.write(
    [
      `CONNECT ${target} HTTP/1.1`,
      `Host: ${target}`,
      ...(authorization === undefined ? [] : [`Proxy-Authorization: ${authorization}`]),
      "",
      "",
    ].join("\r\n"),
  );
  const head = await readBytes(socket, (bytes) => {
    if (!"HTTP/1.".startsWith(bytes.toString("latin1", 0, 7)))
      throw notConnected(
        "proxy_failed",
        `${nameOf(proxy)} does not speak HTTP`,
        `Correct ${proxy.variable}: the proxy may expect https:// or socks5://.`,
      );
    const end = bytes.indexOf("\r\n\r\n");
    if (end < 0 && bytes.length > LONGEST_HEAD)
      throw notConnected("proxy_failed", `${nameOf(proxy)} gives no proper answer`, `Correct ${proxy.variable}.`);
    return end < 0 ? 0 : end + 4;
  });
  const status = Number(/^HTTP\/1\.\d (\d{3})/.exec(head.toString("latin1"))?.[1]);
  if (!(status >= 200 && status < 300)) throw refusal(proxy, target, status);
}

export const nameOf = ({ host, port }: Pick<ProxyServer, "host" | "port">): string => `the proxy ${addressOf(host, port)}`;

export const addressOf = (host: string, port: number): string => `${host.includes(":") ? `[${host}]` : host}:${port}`;

function refusal(proxy: ProxyServer, target: string, status: number): TransportFailure {
  if (status === 407) return wantsCredentials(proxy);
  // A gateway's answers: the proxy works, and does not reach the server.
  if (status === 502 || status === 503 || status === 504)
    return notConnected(
      "unreachable",
      `${nameOf(proxy)} cannot reach ${target} (${status})`,
      "Check the endpoint's host and port, and whether Pangolin runs.",
    );
  return notConnected(
    "proxy_failed",
    `${nameOf(proxy)} refuses to connect to ${target} (${Number.isNaN(status) ? "no status" : status})`,
    `Ask the proxy's administrator to allow ${target}, or name the host in NO_PROXY if it can be reached directly.`,
  );
}

export const wantsCredentials = (proxy: ProxyServer): TransportFailure =>
  proxy.credentials
    ? notConnected(
        "proxy_failed",
        `${nameOf(proxy)} refuses the user name and password of ${proxy.variable} (407)`,
        `Correct them in ${proxy.variable}; special characters are percent-encoded there. Only Basic authentication is supported.`,
      )
    : notConnected(
        "proxy_failed",
        `${nameOf(proxy)} asks for a user name and a password (407)`,
        `Put them into ${proxy.variable}: http://user:password@${addressOf(proxy.host, proxy.port)}, special characters percent-encoded.`,
      );
