import { DiagnosticError } from "./diagnostics.js";

/** Facts that a resource keeps beside its state; Terraform stores them and shows them to nobody. Values are JSON. */
export class PrivateState {
  readonly #entries: Map<string, unknown>;

  private constructor(entries: Map<string, unknown>) {
    this.#entries = entries;
  }

  static decode(bytes: Uint8Array | undefined): PrivateState {
    if (!bytes || bytes.length === 0) return new PrivateState(new Map());
    return new PrivateState(new Map(Object.entries(factsOf(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8")))));
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

  /** Entries are sorted, so that equal facts are equal bytes: Terraform compares them. */
  encode(): Uint8Array {
    if (this.#entries.size === 0) return new Uint8Array();
    const sorted = [...this.#entries].sort(([a], [b]) => (a < b ? -1 : 1));
    return Buffer.from(JSON.stringify(Object.fromEntries(sorted)));
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
