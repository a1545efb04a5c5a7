import * as fc from "fast-check";
import type { StreamAttack } from "./attack.js";
import { byteMutation, mutated } from "./bytes.js";

const PATHS = [
  "/tfplugin6.Provider/GetMetadata",
  "/tfplugin6.Provider/GetFunctions",
  "/tfplugin6.Provider/ListResource",
  "/tfplugin6.Provider/Nothing",
  "/plugin.GRPCBroker/StartStream",
  "/plugin.GRPCStdio/StreamStdio",
  "/grpc.health.v1.Health/Check",
  "/",
  "toString",
  "__proto__",
  "constructor",
];
const prefixed = (flag: number, size: number, message: Uint8Array): Buffer => {
  const prefix = Buffer.from([flag, 0, 0, 0, 0]);
  prefix.writeUInt32BE(size, 1);
  return Buffer.concat([prefix, message]);
};

const message = fc.uint8Array({ maxLength: 40 });
const body: fc.Arbitrary<Uint8Array> = fc.oneof(
  message.map((bytes) => prefixed(0, bytes.length, bytes)),
  // Compressed, a wrong length, no message, a length beyond every limit, and two messages.
  message.map((bytes) => prefixed(1, bytes.length, bytes)),
  fc.tuple(message, fc.constantFrom(0, 1, 39, 2 ** 28, 2 ** 28 + 1, 2 ** 32 - 1)).map(([bytes, size]) => prefixed(0, size, bytes)),
  fc.constant(Buffer.alloc(0)),
  message.map((bytes) => Buffer.concat([prefixed(0, bytes.length, bytes), prefixed(0, bytes.length, bytes)])),
  mutated(
    message.map((bytes) => prefixed(0, bytes.length, bytes)),
    byteMutation,
  ),
);

const path = fc.oneof(
  fc.constantFrom(...PATHS),
  fc.integer({ min: 1, max: 10_000 }).map((length) => `/${"é".repeat(length)}`),
);
const headers = fc
  .record(
    {
      ":path": path,
      // nghttp2 checks a path of the usual schemes only.
      ":scheme": fc.constantFrom("https", "x"),
      ":method": fc.constantFrom("POST", "GET", "HEAD", "OPTIONS"),
      "content-type": fc.constantFrom("application/grpc", "application/grpc+json", "text/plain"),
      "grpc-timeout": fc.constantFrom("1S", "0n", "99999999H", "soon"),
      "grpc-encoding": fc.constantFrom("identity", "gzip", "nonsense"),
      expect: fc.constant("100-continue"),
      "x-long": fc.nat({ max: 20_000 }).map((length) => "x".repeat(length)),
    },
    { requiredKeys: [":path", ":method"] },
  )
  .map((given) => ({ ":scheme": "https", ...given }) as Record<string, string>);

/** Calls that use HTTP/2 in ways that gRPC does not define. */
export const streamAttack: fc.Arbitrary<StreamAttack> = fc.record({
  kind: fc.constant("stream" as const),
  headers,
  body,
  finish: fc.constantFrom("end", "end", "reset", "hold"),
  copies: fc.oneof({ weight: 9, arbitrary: fc.integer({ min: 1, max: 3 }) }, { weight: 1, arbitrary: fc.integer({ min: 10, max: 150 }) }),
});
