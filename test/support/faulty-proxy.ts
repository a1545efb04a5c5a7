import { createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What a request meets on its way instead of the server. */
export type Interference = "reset" | "rate-limit" | "error" | "html" | "hang";

export interface FaultyProxy {
  /** The server's endpoint, by way of the proxy. */
  readonly endpoint: string;
  /** Decides from now on; none: everything passes. */
  interfere(decide?: (request: { readonly method: string; readonly path: string }) => Interference | undefined): void;
}

/** A proxy in front of any server, so that a real one can be seen to fail. To be called at the top of a file. */
export function useFaultyProxy(target: () => string): FaultyProxy {
  let decide: Parameters<FaultyProxy["interfere"]>[0];
  let server: Server;
  beforeAll(async () => {
    const to = new URL(target());
    server = createServer((incoming, answer) => {
      const { method = "GET", url: path = "/", headers } = incoming;
      const met = decide?.({ method, path });
      if (met === "hang") return;
      if (met === "reset") incoming.socket.destroy();
      else if (met === "rate-limit") answer.writeHead(429, { "content-type": "application/json" }).end('{"message":"Too many requests"}');
      else if (met === "error") answer.writeHead(500, { "content-type": "application/json" }).end('{"message":"An error occurred"}');
      else if (met === "html") answer.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><title>Pangolin</title>");
      else {
        const onward = request({ host: to.hostname, port: to.port, method, path, headers: { ...headers, host: to.host } }, (response) => {
          answer.writeHead(response.statusCode ?? 502, response.headers);
          response.pipe(answer);
        });
        onward.on("error", () => incoming.socket.destroy());
        incoming.pipe(onward);
      }
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return {
    get endpoint() {
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}${new URL(target()).pathname}`;
    },
    interfere: (next) => {
      decide = next;
    },
  };
}
