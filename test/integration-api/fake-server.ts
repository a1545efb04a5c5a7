import * as http from "node:http";
import type { AddressInfo } from "node:net";

export interface Told {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  /** An object is sent as JSON. */
  readonly body?: unknown;
  /** Instead of an answer: the connection ends, before or in the middle of it, or nothing is said for ever. */
  readonly instead?: "reset" | "cut" | "silence";
}

export interface Asked {
  readonly method: string;
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

type Script = Told | ((asked: Asked) => Told);

/** A server that says what a test tells it to, one answer after another; the last one again and again. */
export const fakeServer = (...answers: Script[]) => fakeServerAt(0, ...answers);

/** The same at a port that is known to be free. */
export async function fakeServerAt(at: number, ...answers: Script[]) {
  const asked: Asked[] = [];
  const server = http.createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    const one = { method: request.method ?? "", url: request.url ?? "", headers: request.headers, body };
    asked.push(one);
    const next = answers.length > 1 ? answers.shift() : answers[0];
    const told = typeof next === "function" ? next(one) : (next ?? {});
    if (told.instead === "reset") return request.socket.destroy();
    if (told.instead === "silence") return undefined;
    const text = typeof told.body === "string" ? told.body : JSON.stringify(told.body ?? {});
    const type = typeof told.body === "string" ? "text/html" : "application/json";
    response.writeHead(told.status ?? 200, { "Content-Type": type, "Content-Length": Buffer.byteLength(text), ...told.headers });
    if (told.instead === "cut") return response.write(text.slice(0, 5), () => response.socket?.destroy());
    return response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(at, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    asked,
    endpoint: `http://127.0.0.1:${port}/v1`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const success = (data: unknown) => ({ data, success: true, error: false, message: "ok", status: 200 });
export const refused = (status: number, message: string): Told => ({
  status,
  body: { data: null, success: false, error: true, message, status, stack: null },
});
