import { AsyncLocalStorage } from "node:async_hooks";
import { createRequire } from "node:module";
import { Readable } from "node:stream";
import type * as Undici from "undici";
import type { Dice } from "./dice.js";
import type { FaultKind } from "./faults.js";
import type { Asked, Pangolin, Reply } from "./pangolin.js";

/** A provider process, as far as the network knows it. */
export interface Sender {
  /** Nothing of it reaches the server any more, and it is told nothing. */
  readonly dead: boolean;
}

type RequestOptions = Pick<
  NonNullable<Parameters<typeof Undici.request>[1]>,
  "method" | "headers" | "body" | "query" | "signal" | "headersTimeout"
>;

/** Whoever has imported undici's `request` keeps it, so that one function stands in its place from the first life to the last. */
let installed: { network: Network } | undefined;

function installShim(): { network: Network } {
  const undici = createRequire(__filename)("undici") as { request: unknown };
  const shim = { network: undefined as unknown as Network };
  undici.request = (url: string | URL, options: RequestOptions = {}) => shim.network.request(String(url), options);
  return shim;
}

/** Whose request it is. One storage for all lives: each would cost time for ever. */
const senders = new AsyncLocalStorage<Sender>();

interface Arrival {
  readonly asked: Asked;
  readonly sender: Sender | undefined;
  readonly timeoutMs: number;
  settle(reply: Reply): void;
  readonly fail: (error: Error) => void;
}

/** What happens to Terraform and its providers at a request. */
export type Strike = "kill-provider" | "kill-terraform" | "interrupt";

/**
 * Stands in the place of sockets: what the provider sends with undici waits here until it is its turn, which the dice decide,
 * and is answered in this process.
 */
export class Network {
  readonly senders = senders;
  #arrivals: Arrival[] = [];
  onStrike: (strike: Strike, sender: Sender | undefined) => void = () => undefined;

  constructor(
    readonly pangolin: Pangolin,
    readonly dice: () => Dice,
  ) {}

  /** What undici is asked for in this process comes here, until another network is installed. */
  install(): void {
    installed ??= installShim();
    installed.network = this;
  }

  /** Answers one of the requests that wait; false: none waits. */
  serveOne(): boolean {
    this.#arrivals = this.#arrivals.filter(({ sender }) => !sender?.dead);
    if (this.#arrivals.length === 0) return false;
    const [arrival] = this.#arrivals.splice(this.dice().below(this.#arrivals.length), 1);
    if (arrival) this.#serve(arrival);
    return true;
  }

  /** Whatever is on its way is lost. */
  clear(): void {
    this.#arrivals = [];
  }

  #serve(arrival: Arrival): void {
    const { asked, sender } = arrival;
    const fault = this.pangolin.faults.meet({ method: asked.method, path: asked.url.split("?")[0] ?? "" });
    const { strike, before } = strikeOf(fault);
    if (strike && before) {
      this.onStrike(strike, sender);
      if (sender?.dead) return;
    }
    const reply = this.pangolin.receive(asked, strike ? undefined : fault);
    if (strike && !before) {
      this.onStrike(strike, sender);
      if (sender?.dead) return;
    }
    arrival.settle(reply);
  }

  request(url: string, { method = "GET", headers, body, query, signal, headersTimeout }: RequestOptions): Promise<unknown> {
    const target = new URL(url);
    for (const [name, value] of Object.entries((query ?? {}) as Record<string, unknown>)) target.searchParams.set(name, String(value));
    const authorization = Object.entries((headers ?? {}) as Record<string, string>).find(([name]) => /^authorization$/i.test(name))?.[1];
    return new Promise((resolve, reject) => {
      const arrival: Arrival = {
        asked: {
          method: String(method),
          url: `${target.pathname}${target.search}`,
          authorization,
          body: typeof body === "string" ? (JSON.parse(body) as unknown) : undefined,
        },
        sender: this.senders.getStore(),
        timeoutMs: typeof headersTimeout === "number" && headersTimeout > 0 ? headersTimeout : 30_000,
        settle: (reply) => this.#play(reply, arrival, resolve),
        fail: reject,
      };
      const given = signal as AbortSignal | null | undefined;
      if (given?.aborted) return reject(given.reason);
      given?.addEventListener("abort", () => {
        this.#arrivals = this.#arrivals.filter((other) => other !== arrival);
        reject(given.reason);
      });
      this.#arrivals.push(arrival);
    });
  }

  #play(reply: Reply, { fail, timeoutMs }: Arrival, resolve: (response: unknown) => void): void {
    if (reply.kind === "reset") return fail(failure("SocketError", "UND_ERR_SOCKET", "other side closed"));
    if (reply.kind === "refused") return fail(failure("Error", "ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:3003"));
    if (reply.kind === "never") {
      setTimeout(() => fail(failure("HeadersTimeoutError", "UND_ERR_HEADERS_TIMEOUT", "Headers Timeout Error")), timeoutMs);
      return;
    }
    const { status, headers = {}, body } = reply.answer;
    resolve({
      statusCode: status,
      headers: {
        ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value])),
        date: this.pangolin.now().toUTCString(),
        "content-length": String(Buffer.byteLength(body)),
      },
      body: bodyOf(body, reply.cut ?? false),
      trailers: {},
      opaque: null,
    });
  }
}

export function strikeOf(fault: FaultKind | undefined): { readonly strike?: Strike; readonly before?: boolean } {
  if (fault === "interrupt") return { strike: "interrupt", before: false };
  const match = /^(kill-(?:provider|terraform))-(before|after)$/.exec(fault ?? "");
  return match ? { strike: match[1] as Strike, before: match[2] === "before" } : {};
}

const failure = (name: string, code: string, message: string): Error => Object.assign(new Error(message), { name, code });

/** A body as undici gives it: a stream that can be read whole. Half of one ends in an error. */
function bodyOf(text: string, cut: boolean): Readable {
  const chunks = async function* () {
    yield Buffer.from(cut ? text.slice(0, text.length / 2) : text);
    if (cut) throw failure("SocketError", "UND_ERR_SOCKET", "other side closed");
  };
  const stream = Readable.from(chunks(), { objectMode: false });
  const whole = async () => {
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    return Buffer.concat(parts);
  };
  return Object.assign(stream, {
    text: async () => (await whole()).toString("utf8"),
    json: async () => JSON.parse((await whole()).toString("utf8")) as unknown,
    arrayBuffer: whole,
    bytes: whole,
    dump: async () => {
      stream.destroy();
    },
  });
}
