import { mkdtempSync, rmSync } from "node:fs";
import * as http2 from "node:http2";
import * as net from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as tls from "node:tls";
import { type Certificate, derOf } from "./certificate.js";
import { serveCall } from "./grpc.js";
import type { MethodLookup } from "./method.js";

/** Large windows: an answer of several MiB, such as a schema, does not wait for round trips. */
const SETTINGS: http2.Settings = { initialWindowSize: 4 * 1024 * 1024, maxConcurrentStreams: 1000 };

export interface Listening {
  readonly socketPath: string;
  /** Removes the socket and its folder; safe to call again. */
  remove(): void;
}

export interface Identity {
  readonly certificate: Certificate;
  /** The only client that is let in. */
  readonly clientPem: string;
}

/**
 * Listens on a Unix socket in a folder of its own that only this user can enter. With an identity the client has to show
 * exactly the certificate that the host announced; there is no authority to trust, so none is loaded.
 */
export function listen(methods: MethodLookup, identity: Identity | undefined, onConnections: (open: number) => void): Promise<Listening> {
  const folder = mkdtempSync(join(process.env.PLUGIN_UNIX_SOCKET_DIR || tmpdir(), "plugin-"));
  const socketPath = join(folder, "socket");
  const remove = () => rmSync(folder, { recursive: true, force: true });

  const sessions = http2.createServer({ settings: SETTINGS });
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
    sessions.emit("connection", socket);
  };
  const server = identity ? secureServer(identity, accept) : net.createServer(accept);
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(socketPath, () => resolve({ socketPath, remove }));
  });
}

/** `ca: []` keeps Node from loading the authorities that it ships, which nobody needs here and a launch would pay for. */
function secureServer({ certificate, clientPem }: Identity, accept: (socket: net.Socket) => void): tls.Server {
  const expected = derOf(clientPem);
  const server = tls.createServer(
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
  return server;
}
