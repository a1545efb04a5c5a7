import { CtyError } from "../error.js";

/** A number as it stands in a JSON text: JSON.parse would round what a binary64 cannot hold. */
export class RawNumber {
  constructor(readonly text: string) {}
}

const MAX_DEPTH = 256;
/** As in msgpack: two characters make a member, and hundreds of bytes in memory. */
const MAX_VALUES = 4_000_000;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const SPACE = /[ \t\r\n]*/y;

/**
 * Parses JSON with numbers as {@link RawNumber}. Objects have no prototype; a key that stands twice keeps its last value.
 * Throws {@link CtyError}.
 */
export function parseJson(source: string): unknown {
  return new Parser(source).document();
}

class Parser {
  #offset = 0;
  #values = 0;

  constructor(readonly source: string) {}

  document(): unknown {
    const value = this.#value(0);
    this.#match(SPACE);
    if (this.#offset < this.source.length) throw this.#error();
    return value;
  }

  #value(depth: number): unknown {
    if (depth > MAX_DEPTH) throw new CtyError("the JSON nests too deep");
    if (++this.#values > MAX_VALUES) throw new CtyError("the JSON has too many parts");
    this.#match(SPACE);
    switch (this.source[this.#offset]) {
      case "{":
        return this.#object(depth);
      case "[":
        return this.#array(depth);
      case '"':
        return this.#string();
      case "t":
        return this.#word("true", true);
      case "f":
        return this.#word("false", false);
      case "n":
        return this.#word("null", null);
      default:
        return new RawNumber(this.#require(NUMBER));
    }
  }

  #object(depth: number): unknown {
    const members: Record<string, unknown> = Object.create(null);
    this.#offset++;
    if (this.#accept("}")) return members;
    do {
      this.#match(SPACE);
      const key = this.#string();
      if (!this.#accept(":")) throw this.#error();
      members[key] = this.#value(depth + 1);
    } while (this.#accept(","));
    if (!this.#accept("}")) throw this.#error();
    return members;
  }

  #array(depth: number): unknown {
    const elements: unknown[] = [];
    this.#offset++;
    if (this.#accept("]")) return elements;
    do elements.push(this.#value(depth + 1));
    while (this.#accept(","));
    if (!this.#accept("]")) throw this.#error();
    return elements;
  }

  /** JSON.parse reads what is inside; a regular expression for a string overflows its stack on a long one. */
  #string(): string {
    const start = this.#offset;
    if (this.source[start] !== '"') throw this.#error();
    const end = this.#closingQuote(start + 1);
    try {
      const text: unknown = JSON.parse(this.source.slice(start, end + 1));
      this.#offset = end + 1;
      return text as string;
    } catch {
      throw this.#error();
    }
  }

  /** A quote is text when the number of backslashes right before it is odd. */
  #closingQuote(start: number): number {
    for (let end = this.source.indexOf('"', start); end >= 0; end = this.source.indexOf('"', end + 1)) {
      let backslashes = 0;
      while (this.source[end - 1 - backslashes] === "\\") backslashes++;
      if (backslashes % 2 === 0) return end;
    }
    throw this.#error();
  }

  #word<T>(word: string, value: T): T {
    if (!this.source.startsWith(word, this.#offset)) throw this.#error();
    this.#offset += word.length;
    return value;
  }

  #accept(character: string): boolean {
    this.#match(SPACE);
    if (this.source[this.#offset] !== character) return false;
    this.#offset++;
    return true;
  }

  #require(pattern: RegExp): string {
    const found = this.#match(pattern);
    if (found === undefined || found === "") throw this.#error();
    return found;
  }

  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#offset;
    const found = pattern.exec(this.source)?.[0];
    if (found !== undefined) this.#offset += found.length;
    return found;
  }

  #error(): CtyError {
    return new CtyError(`the JSON is broken at character ${this.#offset}`);
  }
}
