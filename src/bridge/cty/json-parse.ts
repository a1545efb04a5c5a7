import { CtyError } from "./error.js";

/** A number as it stands in a JSON text: JSON.parse would round what a binary64 cannot hold. */
export class RawNumber {
  constructor(readonly text: string) {}
}

const MAX_DEPTH = 256;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const STRING = /"[^"\\\u0000-\u001f]*(?:\\.[^"\\\u0000-\u001f]*)*"/y;
const SPACE = /[ \t\r\n]*/y;

/**
 * Parses JSON with numbers as {@link RawNumber}. Objects have no prototype; a key that stands twice keeps its last value.
 * Throws {@link CtyError}.
 */
export function parseJson(source: string): unknown {
  const parser = new Parser(source);
  return parser.document();
}

class Parser {
  #offset = 0;

  constructor(readonly source: string) {}

  document(): unknown {
    const value = this.#value(0);
    this.#match(SPACE);
    if (this.#offset < this.source.length) throw this.#error();
    return value;
  }

  #value(depth: number): unknown {
    if (depth > MAX_DEPTH) throw new CtyError("the JSON nests too deep");
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

  #string(): string {
    const start = this.#offset;
    const text = this.#require(STRING);
    try {
      return JSON.parse(text) as string;
    } catch {
      this.#offset = start;
      throw this.#error();
    }
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
