import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { FaultKind } from "./faults.js";
import type { Strike } from "./network.js";
import { strikeOf } from "./network.js";
import type { Pangolin, Reply } from "./pangolin.js";

/** A Pangolin that real Terraform can reach. */
export class PangolinServer {
  readonly #server: Server;
  onStrike: (strike: Strike) => void = () => undefined;

  private constructor(readonly pangolin: Pangolin) {
    this.#server = createServer((request, response) => void this.#serve(request, response));
  }

  static async start(pangolin: Pangolin): Promise<PangolinServer> {
    const started = new PangolinServer(pangolin);
    await new Promise<void>((resolve) => started.#server.listen(0, "127.0.0.1", resolve));
    return started;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  close(): Promise<void> {
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/", headers } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString("utf8");
    const body: unknown = text === "" ? undefined : JSON.parse(text);
    const fault: FaultKind | undefined = this.pangolin.faults.meet({ method, path: url.split("?")[0] ?? "" });
    const { strike, before } = strikeOf(fault);
    if (strike && before) {
      this.onStrike(strike);
      if (strike === "kill-provider") return;
    }
    const reply = this.pangolin.receive({ method, url, authorization: headers.authorization, body }, strike ? undefined : fault);
    if (strike && !before) this.onStrike(strike);
    this.#play(reply, request, response);
  }

  #play(reply: Reply, request: IncomingMessage, response: ServerResponse): void {
    if (reply.kind === "reset" || reply.kind === "refused") request.socket.destroy();
    else if (reply.kind === "answer") {
      const { status, headers, body } = reply.answer;
      response.writeHead(status, { ...headers, Date: this.pangolin.now().toUTCString(), "Content-Length": Buffer.byteLength(body) });
      if (reply.cut) response.write(body.slice(0, body.length / 2), () => response.socket?.destroy());
      else response.end(body);
    }
  }
}
