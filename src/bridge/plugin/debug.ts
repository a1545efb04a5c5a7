import { withHostServices } from "./host-services.js";
import type { PluginOptions, Session } from "./method.js";
import { refuseToStart } from "./refusal.js";
import { listen } from "./server.js";
import { surviveStrayErrors } from "./stray.js";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Serves without a host that starts it, for a debugger: prints what TF_REATTACH_PROVIDERS has to be and serves every client
 * until it is interrupted. The socket's folder lets nobody else in, so there is no TLS, as go-plugin has it.
 *
 * The host connects once for each of its runs and each configuration of the plugin, so each connection is served for itself.
 */
export async function servePluginForDebugging(options: PluginOptions, { address }: { readonly address: string }): Promise<void> {
  const sessions = new Set<Session>();
  surviveStrayErrors(async (error) => (await Promise.all([...sessions].map((session) => session.takesStray(error)))).includes(true));
  const connect = () => {
    const session = options.session();
    sessions.add(session);
    const ended = () => void session.end().finally(() => sessions.delete(session));
    return { methods: withHostServices(session.methods, () => {}), ended };
  };
  const listening = await listen(connect, undefined).catch((error: unknown) => refuseToStart(error, { host: false }));
  if (!listening) return;
  const interrupted = new Promise<void>((resolve) => {
    const interrupt = () => {
      resolve();
      // A second time does not wait for what is still running.
      for (const signal of SIGNALS) process.off(signal, interrupt).once(signal, () => process.exit(1));
    };
    for (const signal of SIGNALS) process.on(signal, interrupt);
  });
  const reattach = {
    [address]: {
      Protocol: "grpc",
      ProtocolVersion: options.protocolVersion,
      Pid: process.pid,
      Test: true,
      Addr: { Network: listening.network, String: listening.address },
    },
  };
  process.stdout.write(`TF_REATTACH_PROVIDERS='${JSON.stringify(reattach)}'\n`);
  await interrupted;
  await Promise.all([...sessions].map((session) => session.end()));
  await listening.answered();
  listening.remove();
  process.exit(0);
}
