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
    if (value >= 0n) this.#unsigned(value);
    else if (value >= -32n) this.#byte(Number(value) & 0xff);
    else if (value >= -0x80n) this.#fixed(0xd0, 1, value);
    else if (value >= -0x8000n) this.#fixed(0xd1, 2, value);
    else if (value >= -0x80000000n) this.#fixed(0xd2, 4, value);
    else this.#fixed(0xd3, 8, value);
  }

  float(value: number): void {
    this.#byte(0xcb);
    this.#reserve(8);
    this.#buffer.writeDoubleBE(value, this.#length);
    this.#length += 8;
  }

  string(text: string): void {
    const size = Buffer.byteLength(text);
    this.#header(size, 0xa0, 31, [0xd9, 0xda, 0xdb]);
    this.#reserve(size);
    this.#length += this.#buffer.write(text, this.#length);
  }

  binary(bytes: Uint8Array): void {
    this.#header(bytes.length, undefined, -1, [0xc4, 0xc5, 0xc6]);
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  array(length: number): void {
    this.#header(length, 0x90, 15, [undefined, 0xdc, 0xdd]);
  }

  map(length: number): void {
    this.#header(length, 0x80, 15, [undefined, 0xde, 0xdf]);
  }

  #header(size: number, short: number | undefined, shortest: number, codes: readonly (number | undefined)[]): void {
    const [one, two, four] = codes;
    if (short !== undefined && size <= shortest) this.#byte(short | size);
    else if (one !== undefined && size < 0x100) this.#fixed(one, 1, size);
    else if (two !== undefined && size < 0x10000) this.#fixed(two, 2, size);
    else this.#fixed(four as number, 4, size);
  }

  #unsigned(value: bigint): void {
    if (value < 0x80n) this.#byte(Number(value));
    else if (value < 0x100n) this.#fixed(0xcc, 1, value);
    else if (value < 0x10000n) this.#fixed(0xcd, 2, value);
    else if (value < 0x100000000n) this.#fixed(0xce, 4, value);
    else this.#fixed(0xcf, 8, value);
  }

  #fixed(code: number, size: 1 | 2 | 4 | 8, value: number | bigint): void {
    this.#byte(code);
    this.#reserve(size);
    if (size === 8) this.#buffer.writeBigInt64BE(BigInt.asIntN(64, BigInt(value)), this.#length);
    else this.#buffer.writeIntBE(Number(BigInt.asIntN(size * 8, BigInt(value))), this.#length, size);
    this.#length += size;
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
