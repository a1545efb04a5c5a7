import { writeSync } from "node:fs";
import { createCertificate } from "./certificate.js";
import { withHostServices } from "./host-services.js";
import type { PluginOptions } from "./method.js";
import { refuseToStart } from "./refusal.js";
import { type Listening, listen } from "./server.js";
import { surviveStrayErrors } from "./stray.js";

/** The version of go-plugin's own handshake. */
const CORE_PROTOCOL_VERSION = 1;
/** How long a plugin without any connection lives: its host has gone, or never came. */
const ORPHANED_AFTER_MS = 5_000;
const NEVER_CONNECTED_AFTER_MS = 60_000;
/** An answer that is written may still be on its way through the system. */
const LINGER_MS = 10;

/**
 * Serves until the host shuts the plugin down or is gone. Stdout belongs to the handshake line; without the cookie
 * nobody listens for it, so a person is told what this is, and the exit code is 1.
 */
export async function servePlugin(options: PluginOptions): Promise<void> {
  const { cookie } = options;
  if (process.env[cookie.key] !== cookie.value) {
    process.stderr.write(`${options.description}\n`);
    process.exitCode = 1;
    return;
  }
  // The host decides what an interrupt means, and tells; the terminal sends it to the plugin as well.
  process.on("SIGINT", () => {});

  const session = options.session();
  surviveStrayErrors((error) => session.takesStray(error));
  let listening: Listening | undefined;
  process.on("exit", () => listening?.remove());
  const exit = () => setTimeout(() => process.exit(0), LINGER_MS);
  const end = async () => {
    await session.end();
    await listening?.answered();
    exit();
  };
  // Sent to a whole group of processes it comes here too: what runs is finished and answered, unless it comes again.
  process.once("SIGTERM", () => {
    process.once("SIGTERM", () => process.exit(1));
    void end();
  });
  const clientPem = process.env.PLUGIN_CLIENT_CERT;
  const identity = clientPem ? { certificate: createCertificate(Date.now()), clientPem } : undefined;
  const methods = withHostServices(session.methods, async () => {
    await session.end();
    setImmediate(() => void listening?.answered().then(exit));
  });
  const orphan = endWhenOrphaned(end);
  try {
    listening = await listen(() => {
      orphan.connected();
      return { methods, ended: orphan.disconnected };
    }, identity);
  } catch (error) {
    return refuseToStart(error, { host: true });
  }

  const certificate = identity ? identity.certificate.der.toString("base64").replace(/=+$/, "") : "";
  const { network, address } = listening;
  writeHandshake(`${CORE_PROTOCOL_VERSION}|${options.protocolVersion}|${network}|${address}|grpc|${certificate}\n`);
  listening.warmUp();
}

/** A host that was killed closes its connections, and nothing else would end the plugin. */
function endWhenOrphaned(end: () => Promise<void>) {
  let open = 0;
  let timer: NodeJS.Timeout | undefined;
  const arm = (after: number) => {
    timer = setTimeout(() => void end(), after);
    timer.unref();
  };
  arm(NEVER_CONNECTED_AFTER_MS);
  return {
    connected: () => {
      open++;
      clearTimeout(timer);
    },
    disconnected: () => {
      open--;
      if (open === 0) arm(ORPHANED_AFTER_MS);
    },
  };
}

/** Written at once and whole; whatever else a library prints goes to stderr, where the host reads the log. */
function writeHandshake(line: string): void {
  writeSync(1, line);
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;
}
