/** Bytes that are no protobuf message. */
export class WireError extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "WireError";
  }
}

/** Reads protobuf fields; never past the bytes that are there. */
export class Reader {
  #offset = 0;
  readonly #buffer: Buffer;

  constructor(bytes: Uint8Array) {
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get atEnd(): boolean {
    return this.#offset >= this.#buffer.length;
  }

  /** A 64 bit number as its sign says; past 2^53 it is rounded, and no field of the protocol means such numbers. */
  varint(): number {
    let low = 0;
    let factor = 1;
    for (let count = 0; count < 10; count++) {
      const byte = this.#buffer[this.#offset++];
      if (byte === undefined) throw new WireError("the message ends early");
      if (count === 9) return this.#negative();
      low += (byte & 0x7f) * factor;
      factor *= 0x80;
      if (byte < 0x80) return low;
    }
    throw new WireError("a number is too long");
  }

  #negative(): number {
    let value = 0n;
    for (let count = 0; count < 10; count++) value |= BigInt((this.#buffer[this.#offset - 10 + count] ?? 0) & 0x7f) << BigInt(7 * count);
    return Number(BigInt.asIntN(64, value));
  }

  /** A view, not a copy. */
  lengthDelimited(): Buffer {
    const size = this.varint();
    const start = this.#offset;
    if (size < 0 || size > this.#buffer.length - start) throw new WireError("the message ends early");
    this.#offset = start + size;
    return this.#buffer.subarray(start, start + size);
  }

  skip(wireType: number): void {
    if (wireType === 0) this.varint();
    else if (wireType === 2) this.lengthDelimited();
    else if (wireType === 1 || wireType === 5) {
      this.#offset += wireType === 1 ? 8 : 4;
      if (this.#offset > this.#buffer.length) throw new WireError("the message ends early");
    } else throw new WireError("a field has an unknown wire type");
  }
}
