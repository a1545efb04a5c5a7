import type { Dispatcher } from "undici";
import { Connector } from "./connector.js";
import { Exchange, type RawAnswer } from "./exchange.js";
import { codeOf, notConnected, TransportFailure } from "./failure.js";
import { proxyAuthorization, wantsCredentials } from "./http-tunnel.js";
import { type ProxyServer, proxyOf } from "./proxy-environment.js";
import { handshakeFailure } from "./tls-failure.js";
import { Trust } from "./trust.js";

export interface TransportOptions {
  /** Normalised: ends in `/v1`. */
  readonly endpoint: string;
  readonly caCertificate: string | undefined;
  readonly insecureSkipVerify: boolean;
  readonly maxConcurrentRequests: number;
  /** Of one attempt, from connecting to the last byte of the answer. */
  readonly requestTimeoutMs: number;
  /** For the proxies and the authorities that the environment names. */
  readonly env: NodeJS.ProcessEnv;
}

export interface TransportRequest {
  readonly method: string;
  /** After the endpoint's `/v1`, with its query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** Not on a connection that was used before: the server may be about to close it, and a request that it cut could not be repeated. */
  readonly freshConnection: boolean;
}

/** The server closes idle connections after 5 s; a connection that is about to be closed is not used again. */
const KEEP_ALIVE_MS = 4_000;
/** A connection gets a little less than the whole attempt, so that it is what says which step took too long. */
const SHARE_OF_CONNECTING = 0.9;
/** Sends requests over HTTP/1.1 and gives back whatever answers, redirects included. Fails with a TransportFailure. */
export class Transport {
  readonly #base: URL;
  #way: Promise<Way> | undefined;
  /** The server has answered before, so that it need not be asked whether it wants something else. */
  #speaksHttp = false;

  constructor(readonly options: TransportOptions) {
    this.#base = new URL(options.endpoint);
  }

  async send(request: TransportRequest): Promise<RawAnswer> {
    this.#way ??= this.#findWay();
    const way = await this.#way;
    const exchange = new Exchange(this.options.requestTimeoutMs);
    const { method, headers, body, freshConnection } = request;
    const { origin, pathname } = this.#base;
    const path = `${pathname}${request.path}`;
    const authorization = way.connector.forwards && way.proxy ? proxyAuthorization(way.proxy) : undefined;
    const dispatcher = freshConnection ? way.fresh : way.reused;
    dispatcher.dispatch(
      {
        origin,
        path: way.connector.forwards ? `${origin}${path}` : path,
        method,
        headers: { ...headers, ...(authorization !== undefined && { "proxy-authorization": authorization }) },
        body: body ?? null,
      },
      exchange,
    );
    try {
      const answer = await exchange.answer;
      this.#speaksHttp = true;
      if (answer.status === 407 && way.proxy) throw wantsCredentials(way.proxy);
      return answer;
    } catch (error) {
      throw await this.#explain(error, way, exchange);
    }
  }

  /** Undici and what is needed for a connection are loaded at the first request. */
  async #findWay(): Promise<Way> {
    const { caCertificate, insecureSkipVerify, maxConcurrentRequests: connections, requestTimeoutMs, env } = this.options;
    const proxy = proxyOf(this.#base, env);
    const { default: Pool } = await import("undici/lib/dispatcher/pool.js");
    const connector = new Connector({
      target: this.#base,
      proxy,
      trust: new Trust({ caCertificate, env }),
      insecureSkipVerify,
      hasOwnAuthority: caCertificate !== undefined,
      timeoutMs: requestTimeoutMs * SHARE_OF_CONNECTING,
    });
    const poolOf = (pipelining: number) =>
      new Pool(this.#base.origin, {
        connections,
        // 0: a connection serves one request.
        pipelining,
        keepAliveTimeout: KEEP_ALIVE_MS,
        keepAliveMaxTimeout: KEEP_ALIVE_MS,
        // One limit holds for the whole of an attempt, and no pause resets it.
        headersTimeout: 0,
        bodyTimeout: 0,
        connect: (_, callback) => {
          connector.connect().then(
            (socket) => callback(null, socket),
            (error: Error) => callback(error, null),
          );
        },
      });
    return { connector, proxy, reused: poolOf(1), fresh: poolOf(0) };
  }

  async #explain(error: unknown, { connector }: Way, exchange: Exchange): Promise<TransportFailure> {
    if (error instanceof TransportFailure) return error;
    const code = codeOf(error);
    const host = this.#base.host;
    // With TLS 1.3 the server refuses a missing client certificate after the handshake, and so after the request was sent.
    if (connector.usesTls) {
      const refused = handshakeFailure(error, { host, name: host, isProxy: false, hasOwnAuthority: false });
      if (refused) return refused;
    } else if (isTlsRecord(error) || (!exchange.isAnswered && !this.#speaksHttp && (await connector.answersTls())))
      return notConnected(
        "wrong_protocol",
        `${host} expects TLS, and the endpoint says plain HTTP`,
        `Write the endpoint with https://: ${this.options.endpoint.replace(/^http:/, "https:")}`,
      );
    if (error instanceof Error && error.name === "HTTPParserError")
      return new TransportFailure(
        "not_an_integration_api",
        `${host} answers with something that is not HTTP`,
        "Check the endpoint's host and port.",
        false,
      );
    return new TransportFailure(
      "connection_lost",
      `the connection ended before the answer was whole${code ? ` (${code})` : ""}`,
      "Look at the server's log, and at a proxy between.",
      !exchange.isSent,
    );
  }
}

/** How requests get to the server. */
interface Way {
  readonly connector: Connector;
  readonly proxy: ProxyServer | undefined;
  readonly reused: Dispatcher;
  readonly fresh: Dispatcher;
}

/** A TLS server answers plain HTTP with an alert; undici keeps what it could not read as HTTP. */
const isTlsRecord = (error: unknown): boolean => String((error as { readonly data?: unknown }).data ?? "").startsWith("\u0015\u0003");
