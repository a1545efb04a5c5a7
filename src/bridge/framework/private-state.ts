import { CtyError, Decimal, isValueObject, storedValue, type Value } from "../cty/index.js";
import { DiagnosticError } from "./diagnostics.js";

/** Private state of a resource. Terraform stores it and never shows it. Values are JSON, or a {@link Decimal}. */
export class PrivateState {
  readonly #entries: Map<string, unknown>;

  private constructor(private readonly json: string) {
    this.#entries = new Map(Object.entries(factsOf(json)));
  }

  static decode(bytes: Uint8Array | undefined): PrivateState {
    return new PrivateState(bytes && bytes.length > 0 ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8") : "{}");
  }

  /** Returns the value, or undefined. */
  get(name: string): unknown {
    return this.#entries.get(name);
  }

  /** Sets a value. `undefined` removes it. */
  set(name: string, value: unknown): void {
    if (value === undefined) this.#entries.delete(name);
    else this.#entries.set(name, value);
  }

  /**
   * Entries are sorted, so that equal facts are equal bytes: Terraform compares them. One that JSON has no value for is given to `onMisfit`,
   * and stays what it was.
   */
  encode(onMisfit: (name: string, error: unknown) => void): Uint8Array {
    const names = [...this.#entries.keys()].sort();
    const members = names.flatMap((name) => {
      const json = this.#encodeEntry(name, onMisfit);
      return json === undefined ? [] : [`${JSON.stringify(name)}:${json}`];
    });
    return members.length === 0 ? new Uint8Array() : Buffer.from(`{${members.join()}}`);
  }

  #encodeEntry(name: string, onMisfit: (name: string, error: unknown) => void): string | undefined {
    try {
      const entry = this.#entries.get(name);
      if (JSON.stringify(entry) !== undefined) return jsonOf(entry);
      throw new TypeError(`it is a ${typeof entry}`);
    } catch (error) {
      onMisfit(name, error);
      return jsonOf((factsOf(this.json) as Readonly<Record<string, unknown>>)[name]);
    }
  }
}

/** JSON in which a number keeps every digit, and so is the same number when it comes back. */
function jsonOf(value: unknown): string | undefined {
  if (value instanceof Decimal) return value.toString();
  if (Array.isArray(value)) return `[${value.map((member) => jsonOf(member) ?? "null").join()}]`;
  if (!isValueObject(value as Value)) return JSON.stringify(value);
  const members = Object.entries(value as object).map(([name, member]): [string, string | undefined] => [name, jsonOf(member)]);
  return `{${members.flatMap(([name, json]) => (json === undefined ? [] : [`${JSON.stringify(name)}:${json}`])).join()}}`;
}

/** The engine gives back what it was given. The words for anything else show nothing of it, since it may be secret. */
function factsOf(json: string): object {
  try {
    const parsed = storedValue(json);
    if (parsed === null) return {};
    if (isValueObject(parsed)) return parsed;
  } catch (error) {
    if (!(error instanceof CtyError)) throw error;
  }
  throw new DiagnosticError(
    "Broken private state",
    "What is kept beside the state of this object is not what the provider has written. Import the object again to go on with it.",
  );
}
