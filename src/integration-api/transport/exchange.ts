import type { IncomingHttpHeaders } from "node:http";
import type { Dispatcher } from "undici";
import { notConnected, TransportFailure } from "./failure.js";

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** The longest answers are some megabytes: a list of a thousand rows, the OpenAPI document. */
const LARGEST_ANSWER = 64 * 1024 * 1024;

/** One request and its answer, with one limit for all of it. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly answer: Promise<RawAnswer>;
  isSent = false;
  isAnswered = false;
  #settle!: { readonly resolve: (answer: RawAnswer) => void; readonly reject: (error: unknown) => void };
  readonly #timer: NodeJS.Timeout;
  #controller: Dispatcher.DispatchController | undefined;
  #status = 0;
  #headers: IncomingHttpHeaders = {};
  readonly #chunks: Buffer[] = [];
  #size = 0;
  #isOver = false;

  constructor(readonly timeoutMs: number) {
    this.answer = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
    });
    this.#timer = setTimeout(() => this.#fail(this.#timeout()), timeoutMs);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#isOver) return controller.abort(this.#timeout());
    this.isSent = true;
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    this.isAnswered = true;
    this.#status = status;
    this.#headers = headers;
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    if (this.#size > LARGEST_ANSWER)
      this.#fail(
        new TransportFailure(
          "not_an_integration_api",
          `the answer is larger than ${LARGEST_ANSWER / 1024 / 1024} MiB`,
          "Check the endpoint's host and port.",
          false,
        ),
      );
  }

  onResponseEnd(): void {
    this.#end();
    this.#settle.resolve({ status: this.#status, headers: this.#headers, text: Buffer.concat(this.#chunks).toString("utf8") });
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#end();
    this.#settle.reject(error);
  }

  #end(): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
  }

  #fail(failure: TransportFailure): void {
    this.#end();
    this.#settle.reject(failure);
    this.#controller?.abort(failure);
  }

  #timeout(): TransportFailure {
    const limit = `within request_timeout (${this.timeoutMs / 1000} s)`;
    return this.isSent
      ? new TransportFailure("timeout", `the answer was not whole ${limit}`, "The server may be busy; raise request_timeout.", false)
      : notConnected(
          "unreachable",
          `no connection was made ${limit}`,
          "Check the endpoint's host and port, and whether a firewall or a proxy holds the connection up.",
        );
  }
}
