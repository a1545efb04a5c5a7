import type { Method, MethodLookup } from "./method.js";

const EMPTY = new Uint8Array();
/** `HealthCheckResponse { status: SERVING }`. */
const SERVING = Uint8Array.of(0x08, 0x01);

const unary = (call: () => Promise<Uint8Array>): Method => ({ kind: "unary", call });

/** Open until the client goes: go-plugin expects the stream and nothing in it. */
const idle: Method = {
  kind: "serverStream",
  idle: true,
  async *call(_request, { signal }) {
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
  },
};

/** The services that go-plugin wants of every plugin, beside the plugin's own. */
export const withHostServices = (own: MethodLookup, shutdown: () => void | Promise<void>): MethodLookup => {
  const services: Readonly<Record<string, Method>> = {
    "/plugin.GRPCController/Shutdown": unary(async () => {
      await shutdown();
      return EMPTY;
    }),
    "/plugin.GRPCBroker/StartStream": idle,
    "/plugin.GRPCStdio/StreamStdio": idle,
    "/grpc.health.v1.Health/Check": unary(async () => SERVING),
  };
  // Whatever a path is, it names no member that every object has.
  return (path) => (Object.hasOwn(services, path) ? services[path] : own(path));
};
