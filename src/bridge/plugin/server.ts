import type * as http2 from "node:http2";
import * as net from "node:net";
import type * as tls from "node:tls";
import { Answering } from "./answering.js";
import { type Certificate, derOf } from "./certificate.js";
import type { MethodLookup } from "./method.js";
import { type Address, bind } from "./socket.js";

/** Large windows: an answer of several MiB, such as a schema, does not wait for round trips. */
const SETTINGS: http2.Settings = { initialWindowSize: 4 * 1024 * 1024, maxConcurrentStreams: 1000 };

export interface Listening extends Address {
  /** Loads what serves connections, which the first one would have to wait for. */
  warmUp(): void;
  /** Resolves once every client has its answers. */
  answered(): Promise<void>;
}

export interface Identity {
  readonly certificate: Certificate;
  /** The only client that is let in. */
  readonly clientPem: string;
}

/** Serves a client from the beginning of its connection on. */
type Connect = () => {
  readonly methods: MethodLookup;
  /** The connection has ended. */
  ended(): void;
};

type Accept = (socket: net.Socket) => void;

/**
 * Listens where only this user, or with an identity only the host, is let in: the client has to show exactly the certificate that the
 * host announced; there is no authority to trust, so none is loaded.
 *
 * HTTP/2 and TLS are loaded after the socket listens: the host reads the handshake and sets up its own side meanwhile.
 */
export async function listen(connect: Connect, identity: Identity | undefined): Promise<Listening> {
  const answering = new Answering();
  let loading: Promise<Accept> | undefined;
  const load = (): Promise<Accept> => {
    loading ??= acceptor(connect, identity, answering);
    return loading;
  };
  const server = net.createServer({ pauseOnConnect: true }, (socket) => {
    socket.on("error", () => socket.destroy());
    void load().then((accept) => accept(socket));
  });
  const address = await bind(server, { tcp: identity !== undefined });
  return { ...address, warmUp: () => setImmediate(load), answered: () => answering.none() };
}

async function acceptor(connect: Connect, identity: Identity | undefined, answering: Answering): Promise<Accept> {
  const [{ createServer }, { serveCall }, { endWhenBroken }] = await Promise.all([
    import("node:http2"),
    import("./grpc.js"),
    import("./watch.js"),
  ]);
  const sessions = createServer({ settings: SETTINGS });
  sessions.on("session", (session) => session.on("error", () => session.destroy()));
  sessions.on("sessionError", () => {});

  const accept = (socket: net.Socket) => {
    const { methods, ended } = connect();
    socket.on("error", () => socket.destroy());
    socket.once("close", ended);
    const watch = (session: http2.ServerHttp2Session) => {
      session.on("stream", (stream, headers) => void serveCall(stream, headers, methods, answering));
      endWhenBroken(session, socket);
    };
    sessions.once("session", watch);
    sessions.emit("connection", socket);
    // A client that did not agree on HTTP/2 has no session.
    sessions.off("session", watch);
  };
  if (identity) return secure(identity, accept);
  // TLS reads from a paused socket by itself; HTTP/2 without it waits until the socket flows.
  return (socket) => {
    accept(socket);
    socket.resume();
  };
}

/** `ca: []` keeps Node from loading the authorities that it ships, which nobody needs here and a launch would pay for. */
async function secure({ certificate, clientPem }: Identity, accept: Accept): Promise<Accept> {
  const { createServer } = await import("node:tls");
  const expected = derOf(clientPem);
  const server: tls.Server = createServer(
    {
      cert: certificate.certificatePem,
      key: certificate.privateKeyPem,
      ca: [],
      requestCert: true,
      rejectUnauthorized: false,
      minVersion: "TLSv1.2",
      ALPNProtocols: ["h2"],
    },
    (socket) => {
      const shown = socket.getPeerX509Certificate()?.raw;
      if (expected && shown?.equals(expected)) accept(socket);
      else socket.destroy();
    },
  );
  server.on("tlsClientError", (_error, socket) => socket.destroy());
  return (socket) => server.emit("connection", socket);
}
