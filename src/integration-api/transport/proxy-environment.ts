import { domainToASCII } from "node:url";
import { notConnected } from "./failure.js";
import { contains, isLoopback, parseIp, parseNetwork } from "./ip-address.js";

/** The schemes of a proxy that Go's net/http knows. */
const SCHEMES = new Set(["http:", "https:", "socks5:", "socks5h:"]);
const PORTS: Readonly<Record<string, string>> = { "http:": "80", "https:": "443", "socks5:": "1080", "socks5h:": "1080" };

/** A proxy of the environment, and the variable that names it. */
export interface ProxyServer {
  readonly scheme: "http" | "https" | "socks5";
  /** Without brackets. */
  readonly host: string;
  readonly port: number;
  readonly credentials: { readonly user: string; readonly password: string } | undefined;
  readonly variable: string;
}

/**
 * The proxy for a URL by the rules of Go's net/http (golang.org/x/net/http/httpproxy), which users of other providers know: HTTP_PROXY, HTTPS_PROXY
 * and NO_PROXY, each before its lower case; a value without a scheme is an http proxy; localhost and loopback addresses are never proxied.
 * Throws a TransportFailure where a variable that applies cannot be used.
 */
export function proxyOf(url: URL, env: NodeJS.ProcessEnv): ProxyServer | undefined {
  const isTls = url.protocol === "https:";
  const variable = firstSet(env, isTls ? ["HTTPS_PROXY", "https_proxy"] : ["HTTP_PROXY", "http_proxy"]);
  if (variable === undefined) return undefined;
  // A web server that starts this as a CGI script sets HTTP_PROXY from the client's header `Proxy`.
  if (!isTls && env.REQUEST_METHOD)
    throw notConnected(
      "proxy_failed",
      `${variable} is not used while REQUEST_METHOD is set, since a client of a CGI script could have set it`,
      "Take REQUEST_METHOD out of the environment, or use an https endpoint with HTTPS_PROXY.",
    );
  const exceptions = firstSet(env, ["NO_PROXY", "no_proxy"]);
  if (exceptions !== undefined && isException(url, env[exceptions] ?? "")) return undefined;
  if (isLocal(hostOf(url))) return undefined;
  return parseProxy(variable, env[variable] ?? "");
}

const firstSet = (env: NodeJS.ProcessEnv, names: readonly string[]): string | undefined => names.find((name) => env[name]);

const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, "");

function isLocal(host: string): boolean {
  const ip = parseIp(host);
  return host === "localhost" || (ip !== undefined && isLoopback(ip));
}

function parseProxy(variable: string, text: string): ProxyServer {
  const full = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]/i.test(text) ? text : `http://${text}`;
  if (/\s/.test(text) || !URL.canParse(full))
    throw notConnected("proxy_failed", `${variable} is not the address of a proxy`, `Write ${variable}=http://proxy.example.com:3128.`);
  const { protocol, hostname, port, username, password } = new URL(full);
  if (!SCHEMES.has(protocol))
    throw notConnected(
      "proxy_failed",
      `${variable} names a proxy of the unknown kind ${protocol}//`,
      `Write ${variable} with http://, https:// or socks5://.`,
    );
  return {
    scheme: protocol === "socks5h:" ? "socks5" : (protocol.slice(0, -1) as ProxyServer["scheme"]),
    host: decodeURIComponent(hostname).replace(/^\[|\]$/g, ""),
    port: Number(port || PORTS[protocol]),
    credentials: username || password ? { user: decoded(username), password: decoded(password) } : undefined,
    variable,
  };
}

/** As it stands where it is not percent-encoded as a whole. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Whether NO_PROXY names a URL: `*`, a network, an address, or a domain with all below it, the last two with a port where one is meant. */
function isException(url: URL, list: string): boolean {
  const host = hostOf(url);
  const port = url.port || (PORTS[url.protocol] as string);
  const ip = parseIp(host);
  return list
    .split(",")
    .map((entry) => entry.trim().toLowerCase())
    .some((entry) => entry !== "" && (entry === "*" || names(entry, host, port, ip)));
}

function names(entry: string, host: string, port: string, ip: readonly number[] | undefined): boolean {
  const network = parseNetwork(entry);
  if (network) return ip !== undefined && contains(network, ip);
  const [name, ofPort] = split(entry);
  if (name === "" || (ofPort !== "" && ofPort !== port)) return false;
  const address = parseIp(name);
  if (address || ip) return String(address) === String(ip);
  const domain = ascii(name.startsWith("*.") ? name.slice(1) : name);
  return domain.startsWith(".") ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
}

/** Host and port of an entry; a port of an IPv6 address needs brackets. */
function split(entry: string): [name: string, port: string] {
  const [, bracketed, plain = entry, port = ""] = /^(?:\[([^[\]]*)\]|([^:[\]]*)):([^:[\]]*)$/.exec(entry) ?? [];
  return [bracketed ?? plain, port];
}

const ascii = (name: string): string => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII stays as it is
  if (/^[\x00-\x7f]*$/.test(name)) return name;
  const dot = name.startsWith(".") ? "." : "";
  return `${dot}${domainToASCII(name.slice(dot.length)) || name.slice(dot.length)}`;
};
