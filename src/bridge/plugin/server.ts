import { mkdtempSync, rmSync } from "node:fs";
import type * as http2 from "node:http2";
import * as net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as tls from "node:tls";
import { type Certificate, derOf } from "./certificate.js";
import type { MethodLookup } from "./method.js";

/** Large windows: an answer of several MiB, such as a schema, does not wait for round trips. */
const SETTINGS: http2.Settings = { initialWindowSize: 4 * 1024 * 1024, maxConcurrentStreams: 1000 };

const LOOPBACK = "127.0.0.1";

export interface Listening {
  /** In Go's words, as the handshake and TF_REATTACH_PROVIDERS have them. */
  readonly network: "unix" | "tcp";
  readonly address: string;
  /** Loads what serves connections, which the first one would have to wait for. */
  warmUp(): void;
  /** Removes the socket and its folder, where there are any; safe to call again. */
  remove(): void;
}

export interface Identity {
  readonly certificate: Certificate;
  /** The only client that is let in. */
  readonly clientPem: string;
}

type Accept = (socket: net.Socket) => void;

/**
 * Listens on a Unix socket in a folder of its own that only this user can enter, or on Windows, where runtimes have none, on
 * a port of the loopback interface. With an identity the client has to show
 * exactly the certificate that the host announced; there is no authority to trust, so none is loaded.
 *
 * HTTP/2 and TLS are loaded after the socket listens: the host reads the handshake and sets up its own side meanwhile.
 */
export function listen(methods: MethodLookup, identity: Identity | undefined, onConnections: (open: number) => void): Promise<Listening> {
  let loading: Promise<Accept> | undefined;
  const load = (): Promise<Accept> => {
    loading ??= acceptor(methods, identity, onConnections);
    return loading;
  };
  const server = net.createServer({ pauseOnConnect: true }, (socket) => {
    socket.on("error", () => socket.destroy());
    void load().then((accept) => accept(socket));
  });
  const warmUp = () => setImmediate(load);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    if (process.platform === "win32") {
      server.listen(0, LOOPBACK, () => {
        const { port } = server.address() as net.AddressInfo;
        resolve({ network: "tcp", address: `${LOOPBACK}:${port}`, warmUp, remove: () => {} });
      });
    } else {
      const folder = mkdtempSync(join(process.env.PLUGIN_UNIX_SOCKET_DIR || tmpdir(), "plugin-"));
      const address = join(folder, "socket");
      const remove = () => rmSync(folder, { recursive: true, force: true });
      server.listen(address, () => resolve({ network: "unix", address, warmUp, remove }));
    }
  });
}

async function acceptor(methods: MethodLookup, identity: Identity | undefined, onConnections: (open: number) => void): Promise<Accept> {
  const [{ createServer }, { serveCall }, { endWhenBroken }] = await Promise.all([
    import("node:http2"),
    import("./grpc.js"),
    import("./watch.js"),
  ]);
  const sessions = createServer({ settings: SETTINGS });
  sessions.on("stream", (stream, headers) => void serveCall(stream, headers, methods));
  sessions.on("session", (session) => session.on("error", () => session.destroy()));
  sessions.on("sessionError", () => {});

  let open = 0;
  const accept = (socket: net.Socket) => {
    open++;
    onConnections(open);
    socket.on("error", () => socket.destroy());
    socket.once("close", () => {
      open--;
      onConnections(open);
    });
    const watch = (session: http2.ServerHttp2Session) => endWhenBroken(session, socket);
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
