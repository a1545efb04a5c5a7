import { setMaxListeners } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import type * as z from "zod";
import type { Endpoint } from "./endpoint.js";
import { envelopeOf, jsonOf } from "./envelope.js";
import { IntegrationApiError, isIntegrationApiError } from "./errors.js";
import { foreignAnswer } from "./foreign-answer.js";
import { Gate } from "./gate.js";
import { pathOf } from "./path.js";
import { refusalOf } from "./refusal.js";
import { RETRY_TOOLS, RetryPolicy, type RetryTools, retryAfterMs } from "./retry.js";
import { TransportFailure } from "./transport/failure.js";
import { Transport } from "./transport/transport.js";

export interface ClientOptions {
  /** Normalised: ends in `/v1`. */
  readonly endpoint: string;
  readonly apiKey: string;
  readonly requestTimeoutMs: number;
  readonly maxRetries: number;
  /** How long an unreachable server is waited for; left out: only as often as `maxRetries` says. */
  readonly retryTimeoutMs?: number;
  readonly maxConcurrentRequests: number;
  /** PEM of an authority that is trusted beside the usual ones. */
  readonly caCertificate?: string | undefined;
  readonly insecureSkipVerify?: boolean;
  readonly userAgent: string;
  /** Told of each request once it is answered or lost, for a log: no secret is in it. */
  readonly onRequest?: ((request: SentRequest) => void) | undefined;
  /** Names proxies and authorities (HTTP_PROXY, SSL_CERT_FILE, ...); left out: that of the process. */
  readonly env?: NodeJS.ProcessEnv;
}

/** A request that was sent, or was to be. */
export interface SentRequest {
  readonly method: string;
  readonly path: string;
  /** undefined: there was no answer. */
  readonly status: number | undefined;
  readonly milliseconds: number;
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

/** Sends calls with limited concurrency and safe retries. Returns data or throws IntegrationApiError. */
export class HttpClient {
  readonly #gate: Gate;
  readonly #retry: RetryPolicy;
  readonly #transport: Transport;
  readonly #stop = new AbortController();

  constructor(
    readonly options: ClientOptions,
    readonly tools: RetryTools = RETRY_TOOLS,
  ) {
    this.#gate = new Gate(options.maxConcurrentRequests);
    this.#retry = new RetryPolicy({ maxRetries: options.maxRetries, retryTimeoutMs: options.retryTimeoutMs ?? 0 }, tools);
    this.#transport = new Transport({
      ...options,
      caCertificate: options.caCertificate,
      insecureSkipVerify: options.insecureSkipVerify ?? false,
      env: options.env ?? process.env,
    });
    // Every call that waits listens to it.
    setMaxListeners(0, this.#stop.signal);
  }

  async call<D extends z.ZodType>(endpoint: Endpoint<unknown, D>, call: Call = {}): Promise<Answer<z.output<D>>> {
    const { signal } = this.#stop;
    const path = pathOf(endpoint, call.params ?? {});
    for (let attempt = 0; ; attempt++) {
      try {
        const answer = await this.#gate.run(() => this.#send(endpoint, path, call));
        this.#retry.reached();
        return answer;
      } catch (error) {
        if (!isIntegrationApiError(error)) throw error;
        const delay = this.#retry.delayAfter(error, endpoint, attempt);
        if (delay === undefined || signal.aborted) throw error;
        await this.tools.sleep(delay, signal);
        if (signal.aborted) throw error;
      }
    }
  }

  /** Ends early when the client is stopped. */
  pause(milliseconds: number): Promise<void> {
    return this.tools.sleep(milliseconds, this.#stop.signal);
  }

  /** What is in flight ends; nothing is waited for or repeated any more. */
  stop(): void {
    this.#stop.abort();
  }

  async #send<D extends z.ZodType>(endpoint: Endpoint<unknown, D>, path: string, { query, body }: Call): Promise<Answer<z.output<D>>> {
    const { apiKey, userAgent, onRequest } = this.options;
    const begun = performance.now();
    const tell = (status: number | undefined) =>
      onRequest?.({ method: endpoint.method, path, status, milliseconds: Math.round(performance.now() - begun) });
    const { status, headers, text } = await this.#transport
      .send({
        method: endpoint.method,
        path: path + queryOf(query),
        headers: {
          authorization: `Bearer ${apiKey}`,
          "user-agent": userAgent,
          accept: "application/json",
          ...(body !== undefined && { "content-type": "application/json" }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        freshConnection: !endpoint.repeatable,
      })
      .catch((error: unknown) => {
        tell(undefined);
        throw error instanceof TransportFailure ? noAnswer(error, endpoint, path) : error;
      });
    tell(status);
    const data = this.#dataOf(endpoint, path, status, headers, text);
    const date = Date.parse(headerOf(headers.date) ?? "");
    return { data, date: Number.isNaN(date) ? undefined : date };
  }

  #dataOf<D extends z.ZodType>(
    endpoint: Endpoint<unknown, D>,
    path: string,
    status: number,
    headers: IncomingHttpHeaders,
    text: string,
  ): z.output<D> {
    const contentType = headerOf(headers["content-type"]);
    const json = jsonOf(contentType, text);
    const envelope = envelopeOf(status, json);
    const retryAfter = retryAfterMs(headerOf(headers["retry-after"]), Date.now());
    const isSuccess = status >= 200 && status < 300;
    if (isSuccess && endpoint.bare) {
      const parsed = endpoint.data.safeParse(json);
      if (parsed.success) return parsed.data;
    } else if (isSuccess && envelope?.success) {
      const parsed = endpoint.data.safeParse(envelope.data);
      if (parsed.success) return parsed.data;
      throw this.#unexpected(endpoint, path, status, parsed.error);
    } else if (envelope && !isSuccess)
      throw refusalOf({ endpoint, path, envelope: { status, message: this.#scrub(envelope.message) }, retryAfterMs: retryAfter });
    throw foreignAnswer({
      endpoint,
      baseUrl: this.options.endpoint,
      path,
      status,
      contentType,
      location: headerOf(headers.location),
      text: this.#scrub(text),
      retryAfterMs: retryAfter,
    });
  }

  #unexpected(endpoint: Endpoint, path: string, status: number, { issues }: z.ZodError): IntegrationApiError {
    const where = issues.map((issue) => ["data", ...issue.path].join(".")).join(", ");
    return new IntegrationApiError(
      "unexpected_answer",
      `${endpoint.method} ${path} was answered with ${status}, but ${where} is not as expected.`,
      "The server is probably of another version.",
      { method: endpoint.method, path, status },
    );
  }

  /** Removes the key, in case a server or proxy echoes it. */
  #scrub(text: string): string {
    const { apiKey } = this.options;
    const secret = apiKey.slice(apiKey.indexOf(".") + 1);
    return text.split(apiKey).join("(key)").split(secret).join("(secret)");
  }
}

function queryOf(query: Call["query"] = {}): string {
  const text = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) text.set(name, String(value));
  return text.size > 0 ? `?${text}` : "";
}

const headerOf = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value);

function noAnswer({ code, what, advice, neverSent }: TransportFailure, endpoint: Endpoint, path: string): IntegrationApiError {
  const call = `${endpoint.method} ${path}`;
  return new IntegrationApiError(code, neverSent ? `${call} could not be sent: ${what}.` : `${call} was sent, but ${what}.`, advice, {
    method: endpoint.method,
    path,
    neverSent,
  });
}
