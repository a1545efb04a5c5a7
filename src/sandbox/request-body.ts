import type { IncomingMessage } from "node:http";
import { type Answer, failure } from "./answers.js";

const MAX_BYTES = 100 * 1024;

/** The body of a request as JSON, or the answer that it is refused with before anything else is looked at. */
export async function parseBody(request: IncomingMessage): Promise<{ readonly value?: unknown; readonly refused?: Answer }> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_BYTES) chunks.push(chunk);
  }
  const type = request.headers["content-type"] ?? "";
  if (/^application\/json\b/i.test(type) && size === 0) return { value: {} };
  if (size === 0 || !/^application\/json\b/i.test(type)) return {};
  const charset = /charset=([\w-]+)/i.exec(type)?.[1];
  if (charset && !/^utf-/i.test(charset)) return { refused: failure(415, `unsupported charset "${charset.toUpperCase()}"`) };
  if (size > MAX_BYTES) return { refused: failure(413, "request entity too large") };
  const text = Buffer.concat(chunks).toString("utf8");
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null)
      return {
        refused: failure(
          400,
          `Unexpected token '${text.trim()[0]}', ${text.length > 20 ? `${JSON.stringify(text.slice(0, 10))}...` : `"${text}"`} is not valid JSON`,
        ),
      };
    return { value };
  } catch (error) {
    // Newer Node.js adds line and column to what the real server's says.
    return { refused: failure(400, (error as Error).message.replace(/ \(line \d+ column \d+\)$/, "")) };
  }
}
