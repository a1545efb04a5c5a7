import { isUtf8 } from "node:buffer";
import { CtyError } from "./error.js";

/** The text of UTF-8 bytes. Throws {@link CtyError} for other bytes: to replace them would change a value silently. */
export function utf8Text(buffer: Buffer, start = 0, end = buffer.length): string {
  const text = buffer.toString("utf8", start, end);
  if (text.includes("\ufffd") && !isUtf8(buffer.subarray(start, end))) throw new CtyError("the text is not UTF-8");
  return text;
}

export const asBuffer = (bytes: Uint8Array): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
