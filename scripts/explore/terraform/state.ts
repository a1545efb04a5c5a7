import type { ValueObject } from "../../../src/bridge/cty/index.js";

/** What Terraform keeps of an object. */
export interface InstanceObject {
  readonly value: ValueObject;
  readonly private: Uint8Array;
  readonly identity: ValueObject | undefined;
  readonly tainted: boolean;
  /** Addresses that its configuration referred to, directly or through others. */
  readonly dependencies: readonly string[];
  /** The alias of the provider that last wrote it. */
  readonly provider: string;
}

export type Instances = ReadonlyMap<string, InstanceObject>;

/** The state of a configuration, written after every change as the local backend does. */
export class State {
  #instances = new Map<string, InstanceObject>();
  #serial = 0;

  get instances(): Instances {
    return this.#instances;
  }

  /** Raised by every change: a plan that was made before is stale. */
  get serial(): number {
    return this.#serial;
  }

  set(address: string, instance: InstanceObject | null): void {
    if (instance === null) {
      if (!this.#instances.delete(address)) return;
    } else {
      if (isSame(this.#instances.get(address), instance)) return;
      this.#instances.set(address, instance);
    }
    this.#serial++;
  }

  replaceAll(instances: Instances): void {
    for (const address of [...this.#instances.keys()]) if (!instances.has(address)) this.set(address, null);
    for (const [address, instance] of instances) this.set(address, instance);
  }
}

const isSame = (a: InstanceObject | undefined, b: InstanceObject): boolean => a !== undefined && textOf(a) === textOf(b);
const textOf = (instance: InstanceObject): string =>
  JSON.stringify({ ...instance, private: Buffer.from(instance.private).toString("base64") });
