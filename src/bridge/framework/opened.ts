import { PrivateState } from "./private-state.js";
import type { CompiledEphemeralResource } from "./provider-server.js";

interface Entry {
  readonly resource: CompiledEphemeralResource;
  readonly private: Uint8Array;
}

type Encode = (state: PrivateState) => Uint8Array;

/** Tells those that were opened apart, whatever facts they have. */
const NUMBER = "opened";

/** The ephemeral resources that are open, by the number in what Terraform gives back to renew and to close them. */
export class Opened {
  #count = 0;
  readonly #entries = new Map<unknown, Entry>();

  add(resource: CompiledEphemeralResource, privateState: PrivateState, encode: Encode): Uint8Array {
    this.#count += 1;
    privateState.set(NUMBER, this.#count);
    const bytes = encode(privateState);
    this.#entries.set(this.#count, { resource, private: bytes });
    return bytes;
  }

  /** What was not open is none of ours to close: only what was is noted anew. */
  replace(resource: CompiledEphemeralResource, privateState: PrivateState, encode: Encode): Uint8Array {
    const bytes = encode(privateState);
    const number = privateState.get(NUMBER);
    if (this.#entries.has(number)) this.#entries.set(number, { resource, private: bytes });
    return bytes;
  }

  /** The facts that are known last: Terraform closes with those from the opening, whatever a renewal gave. */
  latest(bytes: Uint8Array): PrivateState {
    const given = PrivateState.decode(bytes);
    const known = this.#entries.get(given.get(NUMBER));
    return known ? PrivateState.decode(known.private) : given;
  }

  remove(bytes: Uint8Array): void {
    this.#entries.delete(PrivateState.decode(bytes).get(NUMBER));
  }

  get all(): readonly Entry[] {
    return [...this.#entries.values()];
  }
}
