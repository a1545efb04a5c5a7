import type * as net from "node:net";
import { notConnected, type TransportFailure } from "./failure.js";

/** One limit for all steps of a connection. */
export class Deadline {
  phase = "";
  readonly #timer: NodeJS.Timeout;
  #outermost: net.Socket | undefined;

  constructor(readonly milliseconds: number) {
    this.#timer = setTimeout(() => this.#outermost?.destroy(this.#expiry), milliseconds);
  }

  settled<S extends net.Socket>(socket: S, event: "connect" | "secureConnect"): Promise<S> {
    this.#outermost = socket;
    // What a socket has to tell after it failed is told to nobody, and before the request takes it over it must not end the process.
    socket.on("error", () => {});
    return new Promise((resolve, reject) => {
      const fail = (error: Error) => {
        done();
        socket.destroy();
        reject(error);
      };
      const onClose = () => fail(Object.assign(new Error("The connection was closed."), { code: "ECONNRESET" }));
      const onEvent = () => {
        done();
        resolve(socket);
      };
      const done = () => {
        socket.off(event, onEvent).off("error", fail).off("close", onClose);
      };
      socket.on(event, onEvent).on("error", fail).on("close", onClose);
    });
  }

  /** Ends what was opened. A socket that TLS was laid over is its to end: Node.js 20 crashes where it is destroyed first. */
  abandon(): void {
    this.#outermost?.destroy();
  }

  clear(): void {
    clearTimeout(this.#timer);
  }

  get #expiry(): TransportFailure {
    return notConnected(
      "unreachable",
      `${this.phase} took longer than ${this.milliseconds / 1000} s`,
      "Check the endpoint's host and port, and whether a firewall drops the connection; or raise request_timeout.",
    );
  }
}
