const VARINT = 0;
const LENGTH_DELIMITED = 2;

/** Writes protobuf fields into bytes that grow. */
export class Writer {
  #buffer = Buffer.allocUnsafe(256);
  #length = 0;

  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  varintField(number: number, value: number): void {
    this.#varint((number << 3) | VARINT);
    this.#varint(value);
  }

  stringField(number: number, text: string): void {
    const size = Buffer.byteLength(text);
    this.#varint((number << 3) | LENGTH_DELIMITED);
    this.#varint(size);
    this.#reserve(size);
    this.#length += this.#buffer.write(text, this.#length);
  }

  bytesField(number: number, bytes: Uint8Array): void {
    this.#varint((number << 3) | LENGTH_DELIMITED);
    this.#varint(bytes.length);
    this.#reserve(bytes.length);
    this.#buffer.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /** A negative number takes ten bytes: it is written as the 64 bit number that it is. */
  #varint(value: number): void {
    this.#reserve(10);
    if (value < 0) {
      let rest = BigInt.asUintN(64, BigInt(value));
      for (; rest > 0x7fn; rest >>= 7n) this.#buffer[this.#length++] = Number(rest & 0x7fn) | 0x80;
      this.#buffer[this.#length++] = Number(rest);
      return;
    }
    let rest = value;
    for (; rest > 0x7f; rest = Math.floor(rest / 0x80)) this.#buffer[this.#length++] = (rest % 0x80) | 0x80;
    this.#buffer[this.#length++] = rest;
  }

  #reserve(size: number): void {
    const needed = this.#length + size;
    if (needed <= this.#buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, this.#buffer.length * 2));
    this.#buffer.copy(larger, 0, 0, this.#length);
    this.#buffer = larger;
  }
}
