import type * as http2 from "node:http2";
import type { Method, MethodLookup } from "./method.js";

/** gRPC's status codes, as far as a server here gives them. */
const STATUS = { OK: 0, INVALID_ARGUMENT: 3, RESOURCE_EXHAUSTED: 8, UNIMPLEMENTED: 12, INTERNAL: 13 } as const;
type Status = (typeof STATUS)[keyof typeof STATUS];

/** As much as Terraform itself accepts of a provider. */
const MAX_MESSAGE_BYTES = 256 * 1024 * 1024;
const PREFIX_BYTES = 5;

class StatusError extends Error {
  constructor(
    readonly status: Status,
    message: string,
  ) {
    super(message);
  }
}

/** Serves one gRPC call on an HTTP/2 stream. Whatever goes wrong is the call's status and never the process's end. */
export async function serveCall(stream: http2.ServerHttp2Stream, headers: http2.IncomingHttpHeaders, methods: MethodLookup): Promise<void> {
  const abort = new AbortController();
  stream.on("error", () => abort.abort());
  stream.on("close", () => abort.abort());
  try {
    const method = await methods(String(headers[":path"]));
    if (!method) throw new StatusError(STATUS.UNIMPLEMENTED, `there is no method ${String(headers[":path"])}`);
    const request = await readMessage(stream);
    await answer(stream, method, request, abort.signal);
  } catch (error) {
    end(stream, error instanceof StatusError ? error : new StatusError(STATUS.INTERNAL, "the call failed inside the plugin"));
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

/** A unary request: one message in a five byte prefix, in however many frames it comes. */
function readMessage(stream: http2.ServerHttp2Stream): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    stream.on("data", (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MAX_MESSAGE_BYTES + PREFIX_BYTES) reject(new StatusError(STATUS.RESOURCE_EXHAUSTED, "the request is too large"));
    });
    stream.on("end", () => {
      const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks, size);
      if (size < PREFIX_BYTES || bytes.readUInt32BE(1) !== size - PREFIX_BYTES)
        reject(new StatusError(STATUS.INVALID_ARGUMENT, "the request is not one whole message"));
      else if (bytes[0] !== 0) reject(new StatusError(STATUS.UNIMPLEMENTED, "compressed messages are not supported"));
      else resolve(bytes.subarray(PREFIX_BYTES));
    });
    stream.on("error", reject);
    stream.on("aborted", () => reject(new StatusError(STATUS.INTERNAL, "the call was cancelled")));
  });
}

function respond(stream: http2.ServerHttp2Stream): void {
  if (stream.headersSent || stream.destroyed) return;
  stream.respond({ ":status": 200, "content-type": "application/grpc" }, { waitForTrailers: true });
}

/** Waits where the client reads slower than the plugin writes. */
function write(stream: http2.ServerHttp2Stream, message: Uint8Array): Promise<void> {
  if (stream.destroyed) return Promise.resolve();
  const prefix = Buffer.alloc(PREFIX_BYTES);
  prefix.writeUInt32BE(message.length, 1);
  stream.write(prefix);
  if (stream.write(message)) return Promise.resolve();
  return new Promise((resolve) => {
    stream.once("drain", resolve);
    stream.once("close", resolve);
  });
}

function end(stream: http2.ServerHttp2Stream, error?: StatusError): void {
  if (stream.destroyed) return;
  const trailers = {
    "grpc-status": String(error?.status ?? STATUS.OK),
    ...(error && { "grpc-message": encodeURIComponent(error.message) }),
  };
  if (!stream.headersSent) {
    stream.respond({ ":status": 200, "content-type": "application/grpc", ...trailers }, { endStream: true });
    return;
  }
  stream.once("wantTrailers", () => stream.sendTrailers(trailers));
  stream.end();
}
