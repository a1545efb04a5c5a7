import { CtyError } from "../error.js";
import { asBuffer, utf8Text } from "../utf8.js";

/** What a msgpack header says: its kind, and for what has a size, the number of bytes or members that follow. */
export type Token =
  | { readonly kind: "nil" | "extension" }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "integer"; readonly value: bigint | number }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "string" | "binary" | "array" | "map"; readonly size: number };

const NIL: Token = { kind: "nil" };
const EXTENSION: Token = { kind: "extension" };
const TRUE: Token = { kind: "boolean", value: true };
const FALSE: Token = { kind: "boolean", value: false };

/** One byte makes a member, and hundreds in memory. More of them than a configuration ever has would fill it. */
const MAX_TOKENS = 4_000_000;

/** Reads msgpack header by header. Never reads or allocates past the bytes that are there; throws {@link CtyError} instead. */
export class Reader {
  readonly #buffer: Buffer;
  #offset = 0;
  #tokens = 0;

  constructor(bytes: Uint8Array) {
    this.#buffer = asBuffer(bytes);
  }

  get atEnd(): boolean {
    return this.#offset === this.#buffer.length;
  }

  /** The next header; the bytes of an extension are skipped, since every extension means the same here. */
  token(): Token {
    if (++this.#tokens > MAX_TOKENS) throw new CtyError("the value has too many parts");
    const code = this.#unsigned(1);
    if (code < 0x80) return { kind: "integer", value: code };
    if (code < 0x90) return this.#members("map", code & 0x0f);
    if (code < 0xa0) return this.#members("array", code & 0x0f);
    if (code < 0xc0) return { kind: "string", size: code & 0x1f };
    if (code >= 0xe0) return { kind: "integer", value: code - 0x100 };
    switch (code) {
      case 0xc0:
        return NIL;
      case 0xc2:
        return FALSE;
      case 0xc3:
        return TRUE;
      case 0xc4:
      case 0xc5:
      case 0xc6:
        return { kind: "binary", size: this.#unsigned((1 << (code - 0xc4)) as 1 | 2 | 4) };
      case 0xc7:
      case 0xc8:
      case 0xc9:
        return this.#extension(this.#unsigned((1 << (code - 0xc7)) as 1 | 2 | 4));
      case 0xca:
        return { kind: "float", value: this.#buffer.readFloatBE(this.#advance(4)) };
      case 0xcb:
        return { kind: "float", value: this.#buffer.readDoubleBE(this.#advance(8)) };
      case 0xcc:
      case 0xcd:
      case 0xce:
        return { kind: "integer", value: this.#unsigned((1 << (code - 0xcc)) as 1 | 2 | 4) };
      case 0xcf:
        return { kind: "integer", value: this.#buffer.readBigUInt64BE(this.#advance(8)) };
      case 0xd0:
      case 0xd1:
      case 0xd2: {
        const size = 1 << (code - 0xd0);
        return { kind: "integer", value: this.#buffer.readIntBE(this.#advance(size), size) };
      }
      case 0xd3:
        return { kind: "integer", value: this.#buffer.readBigInt64BE(this.#advance(8)) };
      case 0xd4:
      case 0xd5:
      case 0xd6:
      case 0xd7:
      case 0xd8:
        return this.#extension(1 << (code - 0xd4));
      case 0xd9:
      case 0xda:
      case 0xdb:
        return { kind: "string", size: this.#unsigned((1 << (code - 0xd9)) as 1 | 2 | 4) };
      case 0xdc:
      case 0xdd:
        return this.#members("array", this.#unsigned(code === 0xdc ? 2 : 4));
      case 0xde:
      case 0xdf:
        return this.#members("map", this.#unsigned(code === 0xde ? 2 : 4));
      default:
        throw new CtyError("the bytes are no msgpack");
    }
  }

  text(size: number): string {
    const start = this.#advance(size);
    return utf8Text(this.#buffer, start, start + size);
  }

  /** Every member takes a byte at least, so a size past the bytes that are left is a lie; believed, it would fill the memory. */
  #members(kind: "array" | "map", size: number): Token {
    if (size * (kind === "map" ? 2 : 1) > this.#buffer.length - this.#offset) throw new CtyError("the bytes end early");
    return { kind, size };
  }

  #extension(size: number): Token {
    this.#advance(size + 1);
    return EXTENSION;
  }

  #unsigned(size: 1 | 2 | 4): number {
    return this.#buffer.readUIntBE(this.#advance(size), size);
  }

  #advance(size: number): number {
    const start = this.#offset;
    if (start + size > this.#buffer.length) throw new CtyError("the bytes end early");
    this.#offset = start + size;
    return start;
  }
}
