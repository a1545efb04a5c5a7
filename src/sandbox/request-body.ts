import type { IncomingMessage } from "node:http";
import { promisify } from "node:util";
import * as zlib from "node:zlib";
import { type Answer, Refusal, refuse } from "./answers.js";

const MAX_BYTES = 100 * 1024;

/** The body of a request as JSON, or the answer that it is refused with before anything else is looked at. */
export async function parseBody(request: IncomingMessage): Promise<{ readonly value?: unknown; readonly refused?: Answer }> {
  const sent = await bytesOf(request);
  const type = request.headers["content-type"] ?? "";
  if (!/^\s*application\/json\s*(;|$)/i.test(type)) return {};
  try {
    const charset = /charset="?([\w-]+)/i.exec(type)?.[1] ?? "utf-8";
    if (!/^utf-/i.test(charset)) refuse(415, `unsupported charset "${charset.toUpperCase()}"`);
    const bytes = await uncompressed(sent, request.headers["content-encoding"]?.toLowerCase() ?? "identity");
    if (bytes.length > MAX_BYTES) refuse(413, "request entity too large");
    return { value: bytes.length === 0 ? {} : parseJson(decoded(bytes, charset)) };
  } catch (error) {
    if (error instanceof Refusal) return { refused: error.answer };
    throw error;
  }
}

/** Of a body that is too large, no more than tells that it is. */
async function bytesOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (size <= MAX_BYTES) chunks.push(chunk);
    size += chunk.length;
  }
  return Buffer.concat(chunks);
}

const DECOMPRESSORS = new Map<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>([
  ["br", promisify(zlib.brotliDecompress)],
  ["deflate", promisify(zlib.inflate)],
  ["gzip", promisify(zlib.gunzip)],
]);

async function uncompressed(bytes: Buffer, encoding: string): Promise<Buffer> {
  if (encoding === "identity") return bytes;
  const decompress = DECOMPRESSORS.get(encoding);
  if (!decompress) return refuse(415, `unsupported content encoding "${encoding}"`);
  try {
    return await decompress(bytes, { maxOutputLength: MAX_BYTES });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    return code === "ERR_BUFFER_TOO_LARGE" ? refuse(413, "request entity too large") : refuse(400, message);
  }
}

function decoded(bytes: Buffer, charset: string): string {
  // Half of a unit at the end is dropped.
  const whole = /^utf-16/i.test(charset) ? bytes.subarray(0, bytes.length - (bytes.length % 2)) : bytes;
  try {
    return new TextDecoder(charset).decode(whole);
  } catch {
    return refuse(415, `unsupported charset "${charset.toUpperCase()}"`);
  }
}

/** An object or a list; anything else is refused with the words of the parser for what is no JSON at all. */
function parseJson(text: string): unknown {
  const start = text.search(/[^ \t\n\r]/);
  const isContainer = start >= 0 && "{[".includes(text.charAt(start));
  try {
    if (isContainer) return JSON.parse(text, (name, value: unknown) => (name === "__proto__" ? undefined : value));
    return JSON.parse(start < 0 ? text : text.slice(0, start) + "#".repeat(text.length - start));
  } catch (error) {
    // Newer Node.js adds line and column to what the real server's says.
    const message = (error as Error).message.replace(/ \(line \d+ column \d+\)$/, "");
    return refuse(400, isContainer ? message : message.replace(/#+/g, (stands) => text.slice(start, start + stands.length)));
  }
}
