import { withHostServices } from "./host-services.js";
import type { PluginOptions } from "./method.js";
import { listen } from "./server.js";

/**
 * Serves without a host that starts it, for a debugger: prints what TF_REATTACH_PROVIDERS has to be and serves every client
 * until it is interrupted. The socket's folder lets nobody else in, so there is no TLS, as go-plugin has it.
 */
export async function servePluginForDebugging(options: PluginOptions, { address }: { readonly address: string }): Promise<void> {
  let end: () => void = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const listening = await listen(
    withHostServices(options.methods, () => {}),
    undefined,
    () => {},
  );
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
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
  await ended;
  await options.beforeEnd?.();
  listening.remove();
  process.exit(0);
}
