import { AsyncLocalStorage } from "node:async_hooks";
import { notConnected, TransportFailure } from "../../../src/integration-api/transport/failure.js";
import { Transport } from "../../../src/integration-api/transport/transport.js";
import type { Dice } from "./dice.js";
import type { FaultKind } from "./faults.js";
import type { Asked, Pangolin, Reply } from "./pangolin.js";

type TransportRequest = Parameters<Transport["send"]>[0];
type RawAnswer = Awaited<ReturnType<Transport["send"]>>;

/** A provider process, as far as the network knows it. */
export interface Sender {
  /** Nothing of it reaches the server any more, and it is told nothing. */
  readonly dead: boolean;
}

/** Whose request it is. One storage for all lives: each would cost time for ever. */
const senders = new AsyncLocalStorage<Sender>();

interface Arrival {
  readonly asked: Asked;
  readonly sender: Sender | undefined;
  settle(reply: Reply): void;
}

/** What happens to Terraform and its providers at a request. */
export type Strike = "kill-provider" | "kill-terraform" | "interrupt";

/**
 * Stands in the place of sockets: what the provider sends waits here until it is its turn, which the dice decide, and is answered in
 * this process.
 */
export class Network {
  readonly senders = senders;
  #arrivals: Arrival[] = [];
  onStrike: (strike: Strike, sender: Sender | undefined) => void = () => undefined;

  constructor(
    readonly pangolin: Pangolin,
    readonly dice: () => Dice,
  ) {}

  /** What clients of this process send comes here from now on. */
  install(): void {
    const network = this;
    Transport.prototype.send = function send(this: Transport, request) {
      return network.send(this.options, request);
    };
  }

  /** Answers one of the requests that wait; false: none waits. */
  serveOne(): boolean {
    this.#arrivals = this.#arrivals.filter(({ sender }) => !sender?.dead);
    if (this.#arrivals.length === 0) return false;
    const [arrival] = this.#arrivals.splice(this.dice().below(this.#arrivals.length), 1);
    if (arrival) this.#serve(arrival);
    return true;
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

  send({ endpoint, requestTimeoutMs }: Transport["options"], { method, path, headers, body }: TransportRequest): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(late(requestTimeoutMs)), requestTimeoutMs);
      this.#arrivals.push({
        asked: {
          method,
          url: `${new URL(endpoint).pathname}${path}`,
          authorization: headers.authorization,
          body: body === undefined ? undefined : (JSON.parse(body) as unknown),
        },
        sender: senders.getStore(),
        settle: (reply) => {
          if (reply.kind === "never") return;
          clearTimeout(timer);
          if (reply.kind === "answer" && !reply.cut) resolve(this.#answer(reply));
          else reject(reply.kind === "refused" ? REFUSED() : LOST());
        },
      });
    });
  }

  #answer({ answer: { status, headers = {}, body } }: Extract<Reply, { kind: "answer" }>): RawAnswer {
    const lowerCase = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
    return { status, headers: { ...Object.fromEntries(lowerCase), date: this.pangolin.now().toUTCString() }, text: body };
  }
}

/** As the real transport tells them. */
const REFUSED = () => notConnected("unreachable", "the connection was refused (ECONNREFUSED)", "Check the endpoint's host and port.");
const LOST = () =>
  new TransportFailure("connection_lost", "the connection ended before the answer was whole", "Look at the server's log.", false);
const late = (milliseconds: number) =>
  new TransportFailure(
    "timeout",
    `the answer was not whole within request_timeout (${milliseconds / 1000} s)`,
    "Raise request_timeout.",
    false,
  );

export function strikeOf(fault: FaultKind | undefined): { readonly strike?: Strike; readonly before?: boolean } {
  if (fault === "interrupt") return { strike: "interrupt", before: false };
  const match = /^(kill-(?:provider|terraform))-(before|after)$/.exec(fault ?? "");
  return match ? { strike: match[1] as Strike, before: match[2] === "before" } : {};
}
