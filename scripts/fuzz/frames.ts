import * as fc from "fast-check";
import type { ConnectionAttack } from "./attack.js";
import { byteMutation, mutated } from "./bytes.js";

const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
const TYPE = { data: 0, headers: 1, priority: 2, reset: 3, settings: 4, push: 5, ping: 6, goAway: 7, window: 8, continuation: 9 } as const;
const END_STREAM = 1;
const END_HEADERS = 4;
const PADDED = 8;

function frame(type: number, flags: number, stream: number, payload: Uint8Array, length = payload.length): Buffer {
  const header = Buffer.alloc(9);
  header.writeUIntBE(length % 2 ** 24, 0, 3);
  header[3] = type;
  header[4] = flags;
  header.writeUInt32BE(stream >>> 0, 5);
  return Buffer.concat([header, payload]);
}

/** A literal header that is not indexed, for names and values of less than 127 bytes. */
const header = (name: string, value: string): Buffer =>
  Buffer.from(`\0${String.fromCharCode(name.length)}${name}${String.fromCharCode(value.length)}${value}`, "latin1");

const REQUEST_HEADERS = Buffer.concat([
  header(":method", "POST"),
  header(":scheme", "https"),
  header(":path", "/tfplugin6.Provider/GetMetadata"),
  header(":authority", "localhost"),
  header("content-type", "application/grpc"),
  header("te", "trailers"),
]);
const EMPTY_MESSAGE = Buffer.alloc(5);

const call = (stream: number): Buffer =>
  Buffer.concat([frame(TYPE.headers, END_HEADERS, stream, REQUEST_HEADERS), frame(TYPE.data, END_STREAM, stream, EMPTY_MESSAGE)]);
const opened = (stream: number): Buffer => frame(TYPE.headers, END_HEADERS, stream, REQUEST_HEADERS);
const code = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
};

const stream = fc.oneof(fc.constantFrom(0, 1, 1, 3, 5, 2, 2 ** 31 - 1, 2 ** 32 - 1), fc.nat({ max: 20 }));
const payload = fc.uint8Array({ maxLength: 40 });
const setting = fc
  .tuple(fc.constantFrom(1, 2, 3, 4, 5, 6, 9), fc.constantFrom(0, 1, 16_384, 2 ** 24, 2 ** 31, 2 ** 32 - 1))
  .map(([name, value]) => Buffer.concat([Buffer.from([0, name]), code(value)]));
const odd = (n: number) => 2 * n + 1;
const flood = (one: (n: number) => Buffer) =>
  fc.integer({ min: 10, max: 1500 }).map((times) => Buffer.concat(Array.from({ length: times }, (_, n) => one(n))));

const anyFrame: fc.Arbitrary<Buffer> = fc.oneof(
  { weight: 6, arbitrary: stream.map(call) },
  { weight: 3, arbitrary: mutated(stream.map(call), byteMutation) },
  { weight: 3, arbitrary: fc.tuple(fc.nat({ max: 255 }), fc.nat({ max: 255 }), stream, payload).map((of) => frame(...of)) },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.nat({ max: 9 }), fc.nat({ max: 255 }), stream, payload, fc.nat({ max: 2 ** 24 })).map((of) => frame(...of)),
  },
  { weight: 2, arbitrary: fc.array(setting, { maxLength: 8 }).map((all) => frame(TYPE.settings, 0, 0, Buffer.concat(all))) },
  { weight: 1, arbitrary: fc.tuple(stream, fc.constantFrom(0, 1, 2 ** 31 - 1)).map(([id, by]) => frame(TYPE.window, 0, id, code(by))) },
  { weight: 1, arbitrary: stream.map((id) => frame(TYPE.reset, 0, id, code(8))) },
  { weight: 1, arbitrary: stream.map((id) => frame(TYPE.priority, 0, id, Buffer.concat([code(id), Buffer.from([255])]))) },
  { weight: 1, arbitrary: fc.tuple(stream, payload).map(([id, bytes]) => frame(TYPE.continuation, 0, id, bytes)) },
  { weight: 1, arbitrary: fc.tuple(stream, payload).map(([id, bytes]) => frame(TYPE.push, END_HEADERS, id, bytes)) },
  { weight: 1, arbitrary: stream.map((id) => frame(TYPE.data, PADDED | END_STREAM, id, Buffer.from([255, 1, 2]))) },
  // Headers that are not HPACK, or that enlarge its table.
  { weight: 1, arbitrary: fc.tuple(stream, payload).map(([id, bytes]) => frame(TYPE.headers, END_HEADERS, id, bytes)) },
  { weight: 1, arbitrary: stream.map((id) => frame(TYPE.headers, END_HEADERS, id, Buffer.from("3fe1ffffff0f", "hex"))) },
  { weight: 1, arbitrary: fc.constant(frame(TYPE.goAway, 0, 0, Buffer.alloc(8))) },
);
const anyFlood: fc.Arbitrary<Buffer> = fc.oneof(
  flood((n) => Buffer.concat([opened(odd(n)), frame(TYPE.reset, 0, odd(n), code(8))])),
  flood((n) => call(odd(n))),
  flood((n) => opened(odd(n))),
  flood(() => frame(TYPE.ping, 0, 0, Buffer.alloc(8))),
  flood(() => frame(TYPE.settings, 0, 0, Buffer.alloc(0))),
  flood((n) => frame(n === 0 ? TYPE.headers : TYPE.continuation, 0, 1, header("x", "y".repeat(100)))),
  flood((n) => (n === 0 ? opened(1) : frame(TYPE.data, 0, 1, Buffer.alloc(0)))),
);

const begun = (frames: fc.Arbitrary<Buffer>): fc.Arbitrary<Uint8Array> =>
  frames.map((bytes) => Buffer.concat([PREFACE, frame(TYPE.settings, 0, 0, Buffer.alloc(0)), bytes]));

/** A connection of the authenticated client that then violates HTTP/2. */
export const connectionAttack: fc.Arbitrary<ConnectionAttack> = fc
  .oneof(
    { weight: 10, arbitrary: begun(fc.array(anyFrame, { minLength: 1, maxLength: 8 }).map((all) => Buffer.concat(all))) },
    { weight: 2, arbitrary: begun(anyFlood) },
    { weight: 2, arbitrary: mutated(begun(fc.constant(call(1))), byteMutation) },
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 100 }) },
  )
  .map((bytes) => ({ kind: "frames", bytes }));
