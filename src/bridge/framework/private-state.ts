import { DiagnosticError } from "./diagnostics.js";

/** Facts that a resource keeps beside its state; Terraform stores them and shows them to nobody. Values are JSON. */
export class PrivateState {
  readonly #entries: Map<string, unknown>;

  private constructor(private readonly json: string) {
    this.#entries = new Map(Object.entries(factsOf(json)));
  }

  static decode(bytes: Uint8Array | undefined): PrivateState {
    return new PrivateState(bytes && bytes.length > 0 ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8") : "{}");
  }

  /** The value as it was set; undefined where there is none. */
  get(name: string): unknown {
    return this.#entries.get(name);
  }

  /** `undefined` takes the entry away. */
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
      const json: string | undefined = JSON.stringify(this.#entries.get(name));
      if (json !== undefined) return json;
      throw new TypeError(`it is a ${typeof this.#entries.get(name)}`);
    } catch (error) {
      onMisfit(name, error);
      return JSON.stringify((factsOf(this.json) as Readonly<Record<string, unknown>>)[name]);
    }
  }
}

/** The engine gives back what it was given. The words for anything else show nothing of it, since it may be secret. */
function factsOf(json: string): object {
  try {
    const parsed: unknown = JSON.parse(json) ?? {};
    if (typeof parsed === "object" && !Array.isArray(parsed)) return parsed as object;
  } catch {
    // Told below, as the other case is.
  }
  throw new DiagnosticError(
    "Broken private state",
    "What is kept beside the state of this object is not what the provider has written. Import the object again to go on with it.",
  );
}
