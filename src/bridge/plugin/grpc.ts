import type * as http2 from "node:http2";
import type { Answering } from "./answering.js";
import type { Method, MethodLookup } from "./method.js";

/** gRPC's status codes, as far as a server here gives them. */
const STATUS = { OK: 0, CANCELLED: 1, INVALID_ARGUMENT: 3, RESOURCE_EXHAUSTED: 8, UNIMPLEMENTED: 12, INTERNAL: 13 } as const;
type Status = (typeof STATUS)[keyof typeof STATUS];

/** As much as Terraform itself accepts of a provider. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;
const PREFIX_BYTES = 5;
/** HTTP/2's usual size of a frame. */
const ONE_FRAME_BYTES = 16 * 1024;
/** A header that is longer than a peer takes ends the whole connection, so that what a client sent is not given back whole. */
const SHOWN_CHARACTERS = 200;

class StatusError extends Error {
  constructor(
    readonly status: Status,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Serves one gRPC call on an HTTP/2 stream. Whatever goes wrong is the call's status and never the process's end. `answering` holds the call until
 * the client has its answer.
 */
export async function serveCall(
  stream: http2.ServerHttp2Stream,
  headers: http2.IncomingHttpHeaders,
  methods: MethodLookup,
  answering: Answering,
): Promise<void> {
  const abort = new AbortController();
  let isAnswered = false;
  // Every stream closes at last, and to abort costs an error with its stack.
  const gone = () => {
    if (!isAnswered) abort.abort();
  };
  stream.on("error", gone);
  stream.on("close", gone);
  answering.add(stream);
  stream.on("close", () => answering.delete(stream));
  try {
    const method = await methods(String(headers[":path"]));
    if (!method) throw new StatusError(STATUS.UNIMPLEMENTED, `there is no method ${String(headers[":path"]).slice(0, SHOWN_CHARACTERS)}`);
    if (method.kind === "serverStream" && method.idle) answering.delete(stream);
    const request = await readMessage(stream);
    await answer(stream, method, request, abort.signal);
  } catch (error) {
    end(stream, error instanceof StatusError ? error : new StatusError(STATUS.INTERNAL, "the call failed inside the plugin"));
  } finally {
    isAnswered = true;
  }
}

async function answer(stream: http2.ServerHttp2Stream, method: Method, request: Uint8Array, signal: AbortSignal): Promise<void> {
  if (method.kind === "unary") {
    const response = await method.call(request, { signal });
    respond(stream);
    await write(stream, response);
  } else {
    respond(stream);
    for await (const response of method.call(request, { signal })) {
      if (signal.aborted) return;
      await write(stream, response);
    }
  }
  end(stream);
}

/** A unary request: one message in a five byte prefix, in however many frames it comes. Nothing is kept that the prefix does not announce. */
function readMessage(stream: http2.ServerHttp2Stream): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let size = 0;
    let announced: number | undefined;
    const refuse = (status: Status, reason: string) => {
      stream.off("data", receive);
      chunks = [];
      reject(new StatusError(status, reason));
    };
    const notWhole = () => refuse(STATUS.INVALID_ARGUMENT, "the request is not one whole message");
    const receive = (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (announced === undefined && size >= PREFIX_BYTES) {
        chunks = [joined(chunks)];
        announced = chunks[0]?.readUInt32BE(1) ?? 0;
        if (announced > MAX_MESSAGE_BYTES) return refuse(STATUS.RESOURCE_EXHAUSTED, "the request is too large");
      }
      if (announced !== undefined && size > PREFIX_BYTES + announced) notWhole();
    };
    const cancelled = () => refuse(STATUS.CANCELLED, "the call was cancelled");
    if (stream.closed || stream.destroyed) return cancelled();
    stream.on("data", receive);
    stream.on("end", () => {
      stream.off("close", cancelled);
      if (announced === undefined || size !== PREFIX_BYTES + announced) return notWhole();
      const bytes = joined(chunks);
      if (bytes[0] !== 0) refuse(STATUS.UNIMPLEMENTED, "compressed messages are not supported");
      else resolve(bytes.subarray(PREFIX_BYTES));
    });
    stream.on("error", reject);
    stream.on("close", cancelled);
  });
}

const joined = (chunks: readonly Buffer[]): Buffer => (chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks));

function respond(stream: http2.ServerHttp2Stream): void {
  if (stream.headersSent || isGone(stream)) return;
  stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
}

/** Waits where the client reads slower than the plugin writes. */
function write(stream: http2.ServerHttp2Stream, message: Uint8Array): Promise<void> {
  if (isGone(stream)) return Promise.resolve();
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(message.length, 1);
  // A frame for the prefix alone costs both sides more than to copy a small message.
  const parts = message.length < ONE_FRAME_BYTES ? [Buffer.concat([prefix, message])] : [prefix, message];
  const isTaken = parts.map((part) => stream.write(part)).at(-1);
  if (isTaken) return Promise.resolve();
  return new Promise((resolve) => {
    stream.once("drain", resolve);
    stream.once("close", resolve);
  });
}

/** A stream that the client has reset is closed before it is destroyed, and takes no more either. */
const isGone = (stream: http2.ServerHttp2Stream): boolean => stream.closed || stream.destroyed;

function end(stream: http2.ServerHttp2Stream, error?: StatusError): void {
  if (isGone(stream)) return;
  const trailers = {
    "grpc-status": String(error?.status ?? STATUS.OK),
    ...(error && { "grpc-message": encodeURIComponent(error.message) }),
  };
  if (!stream.headersSent) {
    stream.respond({ ":status": 200, "content-type": "application/grpc", ...trailers }, { endStream: true });
    // What is still to come of a refused request is dropped. To reset the stream instead could overtake the status.
    stream.resume();
    return;
  }
  stream.once("wantTrailers", () => stream.sendTrailers(trailers));
  stream.end();
}
