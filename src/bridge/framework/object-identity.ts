import type { ValueObject } from "../cty/index.js";
import { identityOf } from "./identity.js";
import type { CompiledResource } from "./provider-server.js";
import { forCallback } from "./schema/doubles.js";

/** What a resource whose identity is not made of its attributes sees of it in a call. */
export interface IdentityData {
  /** What Terraform keeps; undefined before the object is created, and where the engine knows no identities. */
  readonly current: Readonly<Record<string, unknown>> | undefined;
  /** Gives the object its identity, or another one where the resource says that it may change. */
  set(identity: Readonly<Record<string, unknown>>): void;
}

/** The identity of an object through one call: taken from its attributes, or carried on and set by the callbacks. */
export class ObjectIdentity implements IdentityData {
  #set: ValueObject | undefined;

  constructor(
    private readonly resource: CompiledResource,
    /** {@link current} with every digit. */
    readonly kept: ValueObject | undefined,
  ) {}

  get current(): ValueObject | undefined {
    const { identity } = this.resource;
    return identity && forCallback(identity, this.kept);
  }

  set(identity: Readonly<Record<string, unknown>>): void {
    this.#set = identity as ValueObject;
  }

  /** The identity of the state that a call leaves behind. */
  of(state: ValueObject | null): ValueObject | undefined {
    const { identity } = this.resource;
    if (!identity || !state) return undefined;
    return identity.own ? (this.#set ?? this.kept) : identityOf(identity, state);
  }
}
