import { createServer, type IncomingMessage, type OutgoingHttpHeaders, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Fault, FaultOptions } from "../../src/sandbox/faults.js";
import type { LoggedRequest } from "../../src/sandbox/index.js";

type Decide = NonNullable<FaultOptions["decide"]>;

export interface FaultyProxy {
  /** The server's endpoint, by way of the proxy. */
  readonly endpoint: string;
  readonly requests: readonly LoggedRequest[];
  setFaults(faults: { readonly decide?: Decide }): void;
  close(): Promise<void>;
}

interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer;
}

/**
 * A proxy in front of any server, so that a real one can be seen to fail, and to be asked at a time of the test's choice:
 * with `now` the `Date` of every answer, and when a key was made, are told by that clock.
 */
export async function startFaultyProxy(target: string, { now }: { readonly now?: () => Date } = {}): Promise<FaultyProxy> {
  const to = new URL(target);
  const requests: LoggedRequest[] = [];
  const clock = now && new KeyClock(now);
  let decide: Decide | undefined;

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = "GET", url = "/", headers } = incoming;
    const body = await bodyOf(incoming);
    const met = decide?.({ method, path: url });
    const log = (status: number) => requests.push({ method, path: url.split("?")[0] ?? "", status });
    const drop = () => {
      log(0);
      incoming.socket.destroy();
    };
    const send = ({ status, headers: sent, body: content }: Answer) => {
      log(status);
      response.writeHead(status, { ...sent, "content-length": content.length }).end(content);
    };
    if (met === "hang-before") return void log(0);
    if (met === "reset-before") return drop();
    const instead = met && REFUSALS[met];
    if (instead) return send(instead);
    const answer = await forward(to, { method, url, headers, body }).catch(() => undefined);
    if (!answer) return drop();
    const told = clock ? clock.applied(method, url, answer) : answer;
    if (met === "hang-after") return void log(0);
    if (met === "reset-after") return drop();
    if (met === "error-after") return send(ERROR);
    if (met !== "cut") return send(told);
    log(told.status);
    response.writeHead(told.status, { ...told.headers, "content-length": told.body.length });
    response.write(told.body.subarray(0, told.body.length / 2), () => response.socket?.destroy());
  };
  const server = createServer((incoming, response) => void handle(incoming, response).catch(() => incoming.socket.destroy()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}${to.pathname.replace(/\/$/, "")}`,
    requests,
    setFaults: (faults) => {
      decide = faults.decide;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const json = (status: number, message: string, more: object = {}): Answer => ({
  status,
  headers: { "content-type": "application/json", ...more },
  body: Buffer.from(JSON.stringify({ data: null, success: false, error: true, message, status, stack: null })),
});
const html = (status: number, text: string): Answer => ({ status, headers: { "content-type": "text/html" }, body: Buffer.from(text) });
const ERROR = json(500, "An error occurred");
const REFUSALS: Readonly<Partial<Record<Fault, Answer>>> = {
  "error-before": ERROR,
  "rate-limit": json(429, "Too many requests", { "retry-after": "0" }),
  html: html(502, "<html><body>Bad gateway</body></html>"),
  "html-404": html(404, "<!DOCTYPE html><pre>Cannot GET</pre>"),
};

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

const forward = (
  to: URL,
  { method, url, headers, body }: { method: string; url: string; headers: IncomingMessage["headers"]; body: Buffer },
): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const { "transfer-encoding": _chunked, ...rest } = headers;
    const options = { host: to.hostname, port: to.port, method, path: url, headers: { ...rest, host: to.host } };
    const onward = request(options, (answer) => {
      bodyOf(answer).then((content) => {
        const { "transfer-encoding": _encoding, connection: _connection, ...kept } = answer.headers;
        resolve({ status: answer.statusCode ?? 502, headers: kept, body: content });
      }, reject);
    });
    onward.on("error", reject);
    onward.end(body);
  });

/** Tells when a key was made by the clock of a test, and stays with it. */
class KeyClock {
  readonly #made = new Map<string, string>();

  constructor(readonly now: () => Date) {}

  applied(method: string, url: string, { status, headers, body }: Answer): Answer {
    const told = { ...headers, date: this.now().toUTCString(), etag: undefined };
    const isJson = /^application\/json/.test(String(headers["content-type"] ?? ""));
    const changed = status < 300 && isJson && /\/api-keys?(\?|$)/.test(url) ? this.#rewritten(method, body) : body;
    return { status, headers: Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined)), body: changed };
  }

  #rewritten(method: string, body: Buffer): Buffer {
    const answer = JSON.parse(body.toString("utf8")) as { data: Partial<KeyRow> & { apiKeys?: KeyRow[] } };
    const { data } = answer;
    if (method === "PUT" && data.apiKeyId !== undefined) this.#made.set(data.apiKeyId, this.now().toISOString());
    for (const row of data.apiKeys ?? [data])
      if (row.apiKeyId !== undefined) row.createdAt = this.#made.get(row.apiKeyId) ?? row.createdAt ?? "";
    return Buffer.from(JSON.stringify(answer));
  }
}

interface KeyRow {
  apiKeyId: string;
  createdAt: string;
}
