import { isWhollyKnown, type Type, type Value, type ValueObject } from "../../../src/bridge/cty/index.js";
import type { Provider } from "../../../src/bridge/framework/provider.js";
import { ProviderServer } from "../../../src/bridge/framework/provider-server.js";
import type { Schema } from "../../../src/bridge/framework/schema/schema.js";
import { decode, encode, type MessageName, type MessageOf } from "../../../src/bridge/protocol/wire/index.js";
import { providerMethods } from "../../../src/bridge/sdk.js";
import { unwire, wire } from "../../../test/support/service.js";
import type { Network, Sender } from "../world/network.js";

type CallName = {
  [M in MessageName]: M extends `${infer C}.Request` ? (`${C}.Response` extends MessageName ? C : never) : never;
}[MessageName];

export interface ResourceSchema {
  readonly schema: Schema;
  readonly identity: Schema | undefined;
}

export class PluginCrashed extends Error {
  constructor() {
    super("The plugin.(*GRPCProvider) request was cancelled: the provider's process has ended.");
  }
}

/** What a provider declares, as GetProviderSchema and GetResourceIdentitySchemas tell it. */
export class ProviderSchemas {
  readonly #server: ProviderServer;

  constructor(readonly provider: Provider) {
    this.#server = new ProviderServer(provider);
  }

  get config(): Schema {
    return this.#server.providerSchema();
  }

  async resource(typeName: string): Promise<ResourceSchema> {
    const { schema, identity } = await this.#server.resource(typeName);
    return { schema, identity };
  }
}

/** One process of the provider: configured once, spoken to in the protocol's messages, and gone when it is killed. */
export class ProviderProcess implements Sender {
  readonly #methods: ReturnType<typeof providerMethods>;
  readonly #calls = new Set<{ readonly abort: AbortController; readonly ended: Promise<unknown> }>();
  #die: () => void = () => undefined;
  readonly #death = new Promise<never>((_, reject) => {
    this.#die = () => reject(new PluginCrashed());
  });
  dead = false;

  constructor(
    provider: Provider,
    readonly network: Network,
  ) {
    this.#methods = providerMethods(provider);
    this.#death.catch(() => undefined);
  }

  async call<C extends CallName>(call: C, request: MessageOf<`${C}.Request`>): Promise<MessageOf<`${C}.Response`>> {
    if (this.dead) throw new PluginCrashed();
    const method = await this.#methods(`/tfplugin6.Provider/${call}`);
    if (method?.kind !== "unary") throw new Error(`There is no unary call ${call}.`);
    const abort = new AbortController();
    const bytes = encode(`${call}.Request`, request);
    const ended = this.network.senders.run(this, () => method.call(bytes, { signal: abort.signal }));
    const entry = { abort, ended: ended.catch(() => undefined) };
    this.#calls.add(entry);
    try {
      return decode(`${call}.Response`, await Promise.race([ended, this.#death])) as MessageOf<`${C}.Response`>;
    } finally {
      this.#calls.delete(entry);
    }
  }

  /** The process ends at once: nothing that it has begun goes on. */
  kill(): void {
    this.dead = true;
    this.#die();
  }

  /** Terraform was killed: its connection ends, and the process ends once it has done what it does then. */
  async abandon(): Promise<void> {
    if (this.dead) return;
    const calls = [...this.#calls];
    for (const { abort } of calls) abort.abort();
    await Promise.all(calls.map(({ ended }) => ended));
    await this.network.senders.run(this, () => this.#methods.shutdown());
    this.kill();
  }

  /** The end of every command. */
  async close(): Promise<void> {
    if (this.dead) return;
    await this.network.senders.run(this, () => this.#methods.shutdown());
    this.dead = true;
  }
}

export const toWire = (value: Value, type: Type): MessageOf<"DynamicValue"> => wire(value, type);

export const objectFromWire = (value: MessageOf<"DynamicValue"> | undefined, type: Type): ValueObject | null =>
  unwire(value, type) as ValueObject | null;

/** An identity is sent whole or not at all. */
export const identityToWire = (
  schema: Schema | undefined,
  identity: ValueObject | undefined,
): MessageOf<"ResourceIdentityData"> | undefined =>
  schema && identity && isWhollyKnown(identity) ? { identityData: wire(identity, schema.type) } : undefined;

export const identityFromWire = (
  schema: Schema | undefined,
  identity: MessageOf<"ResourceIdentityData"> | undefined,
): ValueObject | undefined =>
  schema && identity?.identityData ? (objectFromWire(identity.identityData, schema.type) ?? undefined) : undefined;
