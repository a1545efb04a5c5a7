import { rootCertificates } from "node:tls";
import type { Dispatcher } from "undici";
import type * as z from "zod";
import type { Endpoint } from "./endpoint.js";
import { errorOf, IntegrationApiError, isIntegrationApiError } from "./errors.js";
import { Gate } from "./gate.js";
import { delayBeforeRetry, type RetryTools, retryAfterMs } from "./retry.js";

export interface ClientOptions {
  /** Normalised: ends in `/v1`. */
  readonly endpoint: string;
  readonly apiKey: string;
  readonly requestTimeoutMs: number;
  readonly maxRetries: number;
  readonly maxConcurrentRequests: number;
  /** PEM of an authority that is trusted beside the usual ones. */
  readonly caCertificate?: string | undefined;
  readonly insecureSkipVerify?: boolean;
  readonly userAgent: string;
}

export interface Call {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly body?: unknown;
}

export interface Answer<T> {
  readonly data: T;
  /** The server's time in milliseconds, from the Date header; undefined where that is missing or unreadable. */
  readonly date: number | undefined;
}

/** The server closes idle connections after 5 s; a connection that is about to be closed is not used again. */
const KEEP_ALIVE_MS = 4_000;

const TOOLS: RetryTools = {
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds).unref()),
  random: Math.random,
};

/** Sends calls: keeps to the limits, waits and repeats where that is safe, and turns what comes back into data or an error. */
export class HttpClient {
  readonly #gate: Gate;
  #dispatcher: Promise<Dispatcher> | undefined;
  readonly #stop = new AbortController();

  constructor(
    readonly options: ClientOptions,
    readonly tools: RetryTools = TOOLS,
  ) {
    this.#gate = new Gate(options.maxConcurrentRequests);
  }

  async call<D extends z.ZodType>(endpoint: Endpoint<unknown, D>, call: Call = {}): Promise<Answer<z.output<D>>> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.#gate.run(() => this.#send(endpoint, call));
      } catch (error) {
        if (!isIntegrationApiError(error)) throw error;
        const delay = delayBeforeRetry(error, endpoint, attempt, this.options.maxRetries, this.tools.random);
        if (delay === undefined || this.#stop.signal.aborted) throw error;
        await Promise.race([this.tools.sleep(delay), this.#stopped]);
        if (this.#stop.signal.aborted) throw error;
      }
    }
  }

  /** What is in flight ends; nothing is waited for or repeated any more. */
  stop(): void {
    this.#stop.abort();
  }

  readonly #stopped = new Promise<void>((resolve) => this.#stop.signal.addEventListener("abort", () => resolve(), { once: true }));

  async #send<D extends z.ZodType>(endpoint: Endpoint<unknown, D>, { params = {}, query, body }: Call): Promise<Answer<z.output<D>>> {
    const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ""));
    const { apiKey, userAgent, requestTimeoutMs } = this.options;
    this.#dispatcher ??= createDispatcher(this.options);
    const dispatcher = await this.#dispatcher;
    let status = 0;
    try {
      const { request } = await import("undici");
      const response = await request(`${this.options.endpoint}${path}`, {
        method: endpoint.method,
        dispatcher,
        ...(query && { query }),
        headers: {
          authorization: `Bearer ${apiKey}`,
          "user-agent": userAgent,
          accept: "application/json",
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        headersTimeout: requestTimeoutMs,
        bodyTimeout: requestTimeoutMs,
      });
      status = response.statusCode;
      const text = await response.body.text();
      const envelope = isJson(response.headers["content-type"]) ? parse(text) : undefined;
      if (status < 200 || status >= 300 || !envelope) {
        const retry = retryAfterMs(headerOf(response.headers["retry-after"]), Date.now());
        throw errorOf({
          endpoint,
          path,
          status,
          message: envelope && this.#scrub(String(envelope.message ?? "")),
          ...(retry !== undefined && { retryAfterMs: retry }),
        });
      }
      const parsed = endpoint.data.safeParse(endpoint.bare ? envelope : envelope.data);
      if (!parsed.success) {
        const where = parsed.error.issues.map((issue) => `data.${issue.path.join(".")}`).join(", ");
        throw new IntegrationApiError(
          "unexpected_answer",
          `${endpoint.method} ${path} was answered with ${status}, but ${where} is not as expected.`,
          "The server is probably of another version.",
          { method: endpoint.method, path, status },
        );
      }
      const date = Date.parse(headerOf(response.headers.date) ?? "");
      return { data: parsed.data, date: Number.isNaN(date) ? undefined : date };
    } catch (error) {
      throw isIntegrationApiError(error) ? error : transportError(error, endpoint, path, status);
    }
  }

  /** A server, or a proxy before it, may repeat what it was sent. */
  #scrub(text: string): string {
    const { apiKey } = this.options;
    const secret = apiKey.slice(apiKey.indexOf(".") + 1);
    return text.split(apiKey).join("(key)").split(secret).join("(secret)");
  }
}

async function createDispatcher({
  caCertificate,
  insecureSkipVerify,
  maxConcurrentRequests,
  requestTimeoutMs,
}: ClientOptions): Promise<Dispatcher> {
  const { EnvHttpProxyAgent } = await import("undici");
  const connect = {
    timeout: requestTimeoutMs,
    ...(caCertificate !== undefined && { ca: [...rootCertificates, caCertificate] }),
    ...(insecureSkipVerify && { rejectUnauthorized: false }),
  };
  return new EnvHttpProxyAgent({
    connect,
    requestTls: connect,
    connections: maxConcurrentRequests,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MS,
    keepAliveMaxTimeout: KEEP_ALIVE_MS,
  });
}

const isJson = (contentType: string | string[] | undefined): boolean => /^application\/json\b/i.test(headerOf(contentType) ?? "");
const headerOf = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

function parse(text: string): { data?: unknown; message?: unknown } | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? parsed : undefined;
  } catch {
    return undefined;
  }
}

const NEVER_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "UND_ERR_CONNECT_TIMEOUT"]);

/** No whole answer came. Where the connection was never made, nothing can have happened on the server. */
function transportError(error: unknown, endpoint: Endpoint, path: string, status: number): IntegrationApiError {
  const cause = error as { code?: string; message?: string };
  const code = cause.code ?? "";
  const details = { method: endpoint.method, path, ...(status > 0 && { status }) };
  const call = `${endpoint.method} ${path}`;
  if (NEVER_SENT.has(code))
    return new IntegrationApiError(
      "unreachable",
      `${call} could not be sent: ${code}.`,
      "Check the endpoint's host and port, the network, and the proxy settings of the environment.",
      details,
    );
  if (/CERT|SELF_SIGNED|UNABLE_TO|ERR_TLS|ERR_SSL|EPROTO/.test(code))
    return new IntegrationApiError(
      "unreachable",
      `${call} could not be sent: the server's certificate is not trusted (${code}).`,
      "Give the authority's certificate with ca_certificate.",
      details,
    );
  if (/TIMEOUT/.test(code))
    return new IntegrationApiError(
      "timeout",
      `${call} was not answered in time.`,
      "The server may be busy; raise request_timeout.",
      details,
    );
  return new IntegrationApiError(
    "connection_lost",
    `${call}: the connection ended before the answer was whole${code ? ` (${code})` : ""}.`,
    "Look at the server's log, and at a proxy between.",
    details,
  );
}
