import { writeSync } from "node:fs";
import { createCertificate } from "./certificate.js";
import { withHostServices } from "./host-services.js";
import type { PluginOptions } from "./method.js";
import { type Listening, listen } from "./server.js";

/** The version of go-plugin's own handshake. */
const CORE_PROTOCOL_VERSION = 1;
/** How long a plugin without any connection lives: its host has gone, or never came. */
const ORPHANED_AFTER_MS = 5_000;
const NEVER_CONNECTED_AFTER_MS = 60_000;

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

  let listening: Listening | undefined;
  process.on("exit", () => listening?.remove());
  const { beforeEnd = async () => {} } = options;
  process.on("SIGTERM", () => void beforeEnd().finally(() => process.exit(0)));
  const clientPem = process.env.PLUGIN_CLIENT_CERT;
  const identity = clientPem ? { certificate: createCertificate(Date.now()), clientPem } : undefined;
  const methods = withHostServices(options.methods, async () => {
    await beforeEnd();
    setImmediate(() => setTimeout(() => process.exit(0), 10));
  });
  listening = await listen(methods, identity, exitWhenOrphaned(beforeEnd));

  const certificate = identity ? identity.certificate.der.toString("base64").replace(/=+$/, "") : "";
  const { network, address } = listening;
  writeHandshake(`${CORE_PROTOCOL_VERSION}|${options.protocolVersion}|${network}|${address}|grpc|${certificate}\n`);
  listening.warmUp();
}

/** Called with the number of open connections: a host that was killed closes them all, and nothing else would end the plugin. */
function exitWhenOrphaned(beforeEnd: () => Promise<void>): (open: number) => void {
  let timer: NodeJS.Timeout | undefined;
  const arm = (after: number) => {
    timer = setTimeout(() => void beforeEnd().finally(() => process.exit(0)), after);
    timer.unref();
  };
  arm(NEVER_CONNECTED_AFTER_MS);
  return (open) => {
    clearTimeout(timer);
    if (open === 0) arm(ORPHANED_AFTER_MS);
  };
}

/** Written at once and whole; whatever else a library prints goes to stderr, where the host reads the log. */
function writeHandshake(line: string): void {
  writeSync(1, line);
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;
}
