import { isUtf8 } from "node:buffer";

/**
 * The text of a file as shells write it: UTF-8 with or without a byte order mark, or UTF-16 as the `>` of Windows PowerShell 5 writes it.
 * undefined where the bytes are none of these.
 */
export function decodeText(bytes: Buffer): string | undefined {
  const encoding = encodingOf(bytes);
  if (encoding === "utf8" ? !isUtf8(bytes) : bytes.length % 2 === 1) return undefined;
  const text = encoding === "utf16be" ? Buffer.from(bytes).swap16().toString("utf16le") : bytes.toString(encoding);
  return text.replace(/^\uFEFF/, "");
}

/** By the mark, or else by where the zero byte of a first ASCII character is. */
function encodingOf([first, second]: Buffer): "utf8" | "utf16le" | "utf16be" {
  if ((first === 0xff && second === 0xfe) || (first !== 0 && second === 0)) return "utf16le";
  if ((first === 0xfe && second === 0xff) || (first === 0 && second !== 0 && second !== undefined)) return "utf16be";
  return "utf8";
}
