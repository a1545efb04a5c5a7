import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** What a gateway answers by itself; undefined: what the server behind it does. */
export type GatewayAnswer = { readonly status: number; readonly type: string; readonly body: string } | undefined;
type Intercept = (request: { readonly method: string; readonly url: URL }) => GatewayAnswer | Promise<GatewayAnswer>;

export interface Gateway {
  /** The server's endpoint by way of the gateway. */
  readonly endpoint: string;
  /** Is asked before a request is passed on, and waited for. */
  intercept(next?: Intercept): void;
}

/** A gateway before a server. To be called at the top of a file; what it gives may be used inside of tests only. */
export function useGateway(target: () => string): Gateway {
  let intercept: Intercept = () => undefined;
  let server: Server;
  beforeAll(async () => {
    server = createServer(async (request, response) => {
      const { method = "GET", url: path = "/", headers } = request;
      const url = new URL(path, target());
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const own = await intercept({ method, url });
      if (own) return response.writeHead(own.status, { "Content-Type": own.type }).end(own.body);
      const answer = await fetch(url, {
        method,
        headers: { Authorization: headers.authorization ?? "", "Content-Type": "application/json" },
        ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
      });
      const [type, date] = ["Content-Type", "Date"].map((name) => answer.headers.get(name) ?? "");
      return response.writeHead(answer.status, { "Content-Type": type, Date: date }).end(await answer.text());
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
    intercept: (next = () => undefined) => {
      intercept = next;
    },
  };
}
