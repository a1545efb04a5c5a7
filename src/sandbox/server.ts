import { createHash } from "node:crypto";
import { appendFileSync } from "node:fs";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { Gate } from "../integration-api/gate.js";
import { type Answer, failure, noSuchRoute } from "./answers.js";
import { fileClock } from "./clock.js";
import { type FaultOptions, faultOf } from "./faults.js";
import { answer } from "./pipeline.js";
import { parseBody } from "./request-body.js";
import { randomText, Store } from "./store.js";
import { NEWEST, ServerFacts, type ServerVersion } from "./version.js";

export interface SandboxOptions {
  /** 0, the default: any free port. */
  readonly port?: number;
  /** File for the state, which survives a restart or a kill. Without it, the state is in memory. */
  readonly stateFile?: string;
  /** File with the server's time (RFC 3339), read at every request. */
  readonly clockFile?: string;
  /** Log file with one JSON object per request: method, path, status, ms. */
  readonly logFile?: string;
  readonly faults?: FaultOptions;
  /** Clock of the server. Default: `clockFile`, or the system clock. */
  readonly now?: () => Date;
  /** `id.secret` of the root key. Default: a new one. */
  readonly rootKey?: string;
  /** The version of Pangolin to answer as; by default the newest. */
  readonly version?: ServerVersion;
}

export interface LoggedRequest {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

export interface Sandbox {
  /** `http://127.0.0.1:PORT/v1` */
  readonly endpoint: string;
  /** A root key with all permissions. */
  readonly apiKey: string;
  readonly requests: readonly LoggedRequest[];
  /** Replaces the injected faults. */
  setFaults(faults: FaultOptions): void;
  /** Deletes an organization with everything in it, as in the dashboard. The API cannot. */
  deleteOrg(orgId: string): void;
  close(): Promise<void>;
}

/** Keep-alive timeout, as on the real server. */
const KEEP_ALIVE_MS = 5_000;

/** Starts an embedded Integration API on the loopback interface that answers as Pangolin does. */
export function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { stateFile, clockFile, logFile, rootKey = `${randomText(15)}.${randomText(40)}` } = options;
  const now = options.now ?? (clockFile === undefined ? () => new Date() : fileClock(clockFile));
  const facts = new ServerFacts(options.version ?? NEWEST);
  const store = new Store(stateFile);
  store.seedRootKey(rootKey, now(), facts.permissions);
  store.save();
  let faults = options.faults ?? {};
  const requests: LoggedRequest[] = [];

  const server = http.createServer((request, response) => {
    const started = performance.now();
    const handled = handle(request, response, { store, now, faults, facts }).catch((error: Error) =>
      send(response, failure(500, `The sandbox failed: ${error.message}`), new Date()),
    );
    void handled.then((status) => {
      const entry = { method: request.method ?? "", path: (request.url ?? "").split("?")[0] ?? "", status };
      requests.push(entry);
      if (logFile !== undefined)
        appendFileSync(logFile, `${JSON.stringify({ ...entry, ms: Math.round(performance.now() - started) })}\n`, { mode: 0o600 });
    });
  });
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", () =>
      resolve({
        endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
        apiKey: rootKey,
        requests,
        setFaults: (next) => {
          faults = next;
        },
        deleteOrg: (orgId) => store.removeOrg(orgId),
        close: () =>
          new Promise((done) => {
            server.close(() => done());
            server.closeAllConnections();
          }),
      }),
    );
  });
}

/** The slow hash of a key occupies a core each, and the usual server has two. */
const keyChecks = new Gate(2);

const sleep = (milliseconds: number): Promise<void> =>
  milliseconds > 0 ? new Promise((resolve) => setTimeout(resolve, milliseconds)) : Promise.resolve();

/** Answers a request. Returns the status that was sent, or 0 for none. */
async function handle(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  { store, now, faults, facts }: { store: Store; now: () => Date; faults: FaultOptions; facts: ServerFacts },
): Promise<number> {
  const { method = "GET", url = "/" } = request;
  const fault = faultOf(faults, { method, path: url }, Math.random);
  await sleep(faults.latencyMs ?? 0);
  if (request.headers.authorization !== undefined) await keyChecks.run(() => sleep(faults.keyCheckMs ?? 0));
  if (fault === "reset-before") return reset(request);
  if (fault === "hang-before") return UNANSWERED;
  if (fault === "error-before") return send(response, failure(500, "An error occurred"), now());
  if (fault === "rate-limit")
    return send(
      response,
      { ...failure(429, "Too many requests"), headers: { "Content-Type": "application/json", "Retry-After": "0" } },
      now(),
    );
  if (fault === "html")
    return send(response, { status: 502, headers: { "Content-Type": "text/html" }, body: "<html><body>Bad gateway</body></html>" }, now());
  if (fault === "html-404") return send(response, noSuchRoute(method, url), now());
  // What is asked before a request is answered before its body is looked at.
  const body = method === "OPTIONS" ? {} : await parseBody(request);
  const made: Answer =
    body.refused ?? answer({ method, url, authorization: request.headers.authorization, body: body.value }, store, now(), facts);
  if (fault === "reset-after") return reset(request);
  if (fault === "hang-after") return UNANSWERED;
  if (fault === "error-after") return send(response, failure(500, "An error occurred"), now());
  if (fault === "cut") return cut(response, made);
  return send(response, made, now());
}

function send(response: http.ServerResponse, { status, headers, body }: Answer, now: Date): number {
  const { method, headers: asked } = response.req;
  const etag = body === "" ? undefined : etagOf(body);
  const common = { "Access-Control-Allow-Origin": "*", Date: now.toUTCString(), ...(etag !== undefined && { ETag: etag }) };
  const isRead = method === "GET" || method === "HEAD";
  if (isRead && status < 300 && etag !== undefined && asked["if-none-match"] === etag) {
    response.writeHead(304, common);
    response.end();
    return 304;
  }
  response.writeHead(status, { ...headers, ...common, "Content-Length": Buffer.byteLength(body) });
  response.end(method === "HEAD" ? undefined : body);
  return status;
}

/** Weak, in the form of the real server's HTTP framework. */
const etagOf = (body: string): string =>
  `W/"${Buffer.byteLength(body).toString(16)}-${createHash("sha1").update(body).digest("base64").slice(0, 27)}"`;

/** The status of a request that gets no answer. */
const UNANSWERED = 0;

function reset(request: http.IncomingMessage): number {
  request.socket.destroy();
  return UNANSWERED;
}

/** Half of the answer, and then the connection ends. */
function cut(response: http.ServerResponse, { status, headers, body }: Answer): number {
  response.writeHead(status, { ...headers, "Content-Length": Buffer.byteLength(body) });
  response.write(body.slice(0, body.length / 2), () => response.socket?.destroy());
  return status;
}
