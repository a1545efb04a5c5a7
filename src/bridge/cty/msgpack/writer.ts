/** Writes msgpack the way Terraform's own libraries do: always in the shortest form. */
export class Writer {
  #buffer = Buffer.allocUnsafe(512);
  #length = 0;

  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  nil(): void {
    this.#byte(0xc0);
  }

  /** The extension that stands for an unknown value; its payload says nothing. */
  unknown(): void {
    this.#byte(0xd4);
    this.#byte(0);
    this.#byte(0);
  }

  boolean(value: boolean): void {
    this.#byte(value ? 0xc3 : 0xc2);
  }

  /** A whole number in the range of a signed 64 bit integer. */
  integer(value: bigint): void {
    const small = Number(value);
    if (value > 0xffff_ffffn) this.#wide(0xcf, value);
    else if (small > 0xffff) this.#coded(0xce, small, 4);
    else if (small > 0xff) this.#coded(0xcd, small, 2);
    else if (small > 0x7f) this.#coded(0xcc, small, 1);
    else if (small >= -0x20) this.#byte(small & 0xff);
    else if (small >= -0x80) this.#coded(0xd0, small & 0xff, 1);
    else if (small >= -0x8000) this.#coded(0xd1, small & 0xffff, 2);
    else if (small >= -0x8000_0000) this.#coded(0xd2, small >>> 0, 4);
    else this.#wide(0xd3, value);
  }

  float(value: number): void {
    this.#byte(0xcb);
    this.#reserve(8);
    this.#length = this.#buffer.writeDoubleBE(value, this.#length);
  }

  string(text: string): void {
    const size = Buffer.byteLength(text);
    if (size < 0x20) this.#byte(0xa0 | size);
    else if (size < 0x100) this.#coded(0xd9, size, 1);
    else if (size < 0x10000) this.#coded(0xda, size, 2);
    else this.#coded(0xdb, size, 4);
    this.#reserve(size);
    this.#length += this.#buffer.write(text, this.#length);
  }

  binary(bytes: Uint8Array): void {
    const size = bytes.length;
    if (size < 0x100) this.#coded(0xc4, size, 1);
    else if (size < 0x10000) this.#coded(0xc5, size, 2);
    else this.#coded(0xc6, size, 4);
    this.#reserve(size);
    this.#buffer.set(bytes, this.#length);
    this.#length += size;
  }

  array(length: number): void {
    if (length < 0x10) this.#byte(0x90 | length);
    else if (length < 0x10000) this.#coded(0xdc, length, 2);
    else this.#coded(0xdd, length, 4);
  }

  map(length: number): void {
    if (length < 0x10) this.#byte(0x80 | length);
    else if (length < 0x10000) this.#coded(0xde, length, 2);
    else this.#coded(0xdf, length, 4);
  }

  #coded(code: number, value: number, size: 1 | 2 | 4): void {
    this.#byte(code);
    this.#reserve(size);
    this.#length = this.#buffer.writeUIntBE(value, this.#length, size);
  }

  #wide(code: number, value: bigint): void {
    this.#byte(code);
    this.#reserve(8);
    this.#length = this.#buffer.writeBigUInt64BE(BigInt.asUintN(64, value), this.#length);
  }

  #byte(value: number): void {
    this.#reserve(1);
    this.#buffer[this.#length++] = value;
  }

  #reserve(size: number): void {
    const needed = this.#length + size;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}
