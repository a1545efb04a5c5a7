import type { Endpoint } from "./endpoint.js";
import { type ErrorCode, IntegrationApiError } from "./errors.js";

/** An answer without the envelope of the Integration API. */
export interface ForeignAnswer {
  readonly endpoint: Endpoint;
  /** The `/v1` that calls are sent to. */
  readonly baseUrl: string;
  /** With its parameters filled in. */
  readonly path: string;
  readonly status: number;
  readonly contentType: string | undefined;
  readonly location: string | undefined;
  /** Without the key, should it have been repeated. */
  readonly text: string;
  readonly retryAfterMs: number | undefined;
}

const CHECK_URL =
  "Check the endpoint: the Integration API has an address of its own, such as https://api.example.com/v1, and is off by default (flags.enable_integration_api in Pangolin's config.yml).";
const LONGEST_QUOTE = 120;

/** Error that says what answered instead of the Integration API, and what to do. */
export function foreignAnswer(answer: ForeignAnswer): IntegrationApiError {
  const { endpoint, path, status, text, retryAfterMs } = answer;
  const call = `${endpoint.method} ${path}`;
  const make = (code: ErrorCode, message: string, advice: string, more: { readonly neverSent?: boolean } = {}) =>
    new IntegrationApiError(code, message, advice, {
      method: endpoint.method,
      path,
      status,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
      ...more,
    });
  const what = whatAnswered(answer);

  if (isUnknownRoute(answer))
    return make(
      "unknown_operation",
      `${call} is an operation that the server does not have.`,
      `The server is of another version or edition. ${CHECK_URL}`,
    );
  if (status >= 300 && status < 400)
    return make(
      "redirected",
      `${call} was answered with ${status}, a redirect ${redirection(answer)}. It was not followed, since the API key would be sent there.`,
      redirectAdvice(answer),
      { neverSent: true },
    );
  if (status === 407)
    return make(
      "proxy_failed",
      `${call} was refused by the proxy, which asks for a user name and a password (407).`,
      "Put them into the proxy's variable: HTTP_PROXY=http://user:password@proxy.example.com:3128, special characters percent-encoded.",
      { neverSent: true },
    );
  if (expectsTls(text))
    return make(
      "wrong_protocol",
      `${call} was sent as plain HTTP to a port that expects TLS.`,
      `Write the endpoint with https://: ${answer.baseUrl.replace(/^http:/, "https:")}`,
      { neverSent: true },
    );
  if (status === 429)
    return make("rate_limited", `${call} was answered with 429 by ${what}.`, "Try again later, or lower max_concurrent_requests.");
  if (status >= 500)
    return make(
      "server_error",
      `${call} was answered with ${status} by ${what}.`,
      `Pangolin may be down or restarting behind it; look at the logs of both. ${CHECK_URL}`,
    );
  return make("not_an_integration_api", `${call} was answered with ${status} by ${what}.`, CHECK_URL);
}

/** Whether this is the page of the real server's HTTP framework for an unknown route, and not a gateway's. */
function isUnknownRoute({ endpoint, path, status, contentType, text }: ForeignAnswer): boolean {
  if (status !== 404 || !/^text\/html\b/i.test(contentType ?? "")) return false;
  const [, method, url = ""] = /<pre>Cannot ([A-Z]+) ([^<\s]+)<\/pre>/.exec(text) ?? [];
  return method === endpoint.method && unescapeHtml(url).endsWith(`/v1${path}`);
}

const unescapeHtml = (text: string): string =>
  text.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replaceAll("&amp;", "&");

/** Messages of nginx, Go's net/http and Apache for plain HTTP at a TLS port. */
const expectsTls = (text: string): boolean =>
  /plain HTTP request was sent to HTTPS port|HTTP request to an HTTPS server|speaking plain HTTP to an SSL-enabled server port/i.test(text);

function whatAnswered({ contentType, text, status }: ForeignAnswer): string {
  const other = "something that is not the Integration API";
  const type = contentType?.split(";")[0]?.trim().toLowerCase();
  const title = /<title>([^<]*)<\/title>/i.exec(text)?.[1];
  if (title !== undefined && title.trim() !== "") return `${other}: a page titled ${quote(title)}`;
  if (type === "application/json") return `${other}: other JSON, ${quote(text)}`;
  if (text.trim() === "") return `${other}: an empty answer`;
  return `${other}: ${type ?? (status === 200 ? "text" : "an answer")}${type === "text/html" ? "" : `, ${quote(text)}`}`;
}

function quote(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return `"${line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}...` : line}"`;
}

/** Where a redirect leads, without its query: a login page is handed secrets there. */
function target({ location, baseUrl, path }: ForeignAnswer): URL | undefined {
  if (location === undefined || !URL.canParse(location, `${baseUrl}${path}`)) return undefined;
  const url = new URL(location, `${baseUrl}${path}`);
  url.search = url.hash = url.username = url.password = "";
  return url;
}

const redirection = (answer: ForeignAnswer): string => {
  const url = target(answer);
  return url ? `to ${url.href}` : "that does not say where to";
};

function redirectAdvice(answer: ForeignAnswer): string {
  const url = target(answer);
  const from = new URL(answer.baseUrl);
  if (url?.href.endsWith(`/v1${answer.path}`))
    return `Give the address it leads to as the endpoint, if it is the right one: ${url.href.slice(0, -answer.path.length)}`;
  if (url?.protocol === "https:" && from.protocol === "http:" && url.hostname === from.hostname)
    return `Write the endpoint with https://. ${CHECK_URL}`;
  return `A gateway or a login page stands before the server. ${CHECK_URL}`;
}
