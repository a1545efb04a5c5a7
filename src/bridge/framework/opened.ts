import type { PrivateState } from "./private-state.js";
import type { CompiledEphemeralResource } from "./provider-server.js";

interface Entry {
  readonly resource: CompiledEphemeralResource;
  readonly private: Uint8Array;
}

/** Tells two that were opened with equal facts apart. */
const NUMBER = "opened";

/** The ephemeral resources that are open, by what Terraform gives back to close them. */
export class Opened {
  #count = 0;
  readonly #entries = new Map<string, Entry>();

  add(resource: CompiledEphemeralResource, privateState: PrivateState): Uint8Array {
    this.#count += 1;
    privateState.set(NUMBER, this.#count);
    const bytes = privateState.encode();
    this.#entries.set(keyOf(bytes), { resource, private: bytes });
    return bytes;
  }

  replace(former: Uint8Array, resource: CompiledEphemeralResource, privateState: PrivateState): Uint8Array {
    this.remove(former);
    const bytes = privateState.encode();
    this.#entries.set(keyOf(bytes), { resource, private: bytes });
    return bytes;
  }

  remove(bytes: Uint8Array): void {
    this.#entries.delete(keyOf(bytes));
  }

  get all(): readonly Entry[] {
    return [...this.#entries.values()];
  }
}

const keyOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString("base64");
