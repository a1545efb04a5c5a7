import { decodeMsgpack, encodeMsgpack, type ObjectType, type Value, type ValueObject } from "../../../src/bridge/cty/index.js";
import { ProviderServer } from "../../../src/bridge/framework/provider-server.js";
import { decode, encode, type MessageName, type MessageOf } from "../../../src/bridge/protocol/wire/index.js";
import { providerMethods } from "../../../src/bridge/sdk.js";
import { corner } from "../../corner/provider.js";

type CallName = {
  [M in MessageName]: M extends `${infer C}.Request` ? (`${C}.Response` extends MessageName ? C : never) : never;
}[MessageName];

/** The test provider, asked in the bytes of the protocol, for what no engine here asks. */
export class WiredCorner {
  readonly #methods = providerMethods(corner);
  readonly #schemas = new ProviderServer(corner);

  async ask<C extends CallName>(call: C, request: MessageOf<`${C}.Request`>): Promise<MessageOf<`${C}.Response`>> {
    const method = await this.#methods(`/tfplugin6.Provider/${call}`);
    if (method?.kind !== "unary") throw new Error(`There is no unary call ${call}.`);
    return decode(`${call}.Response`, await method.call(encode(`${call}.Request`, request), { signal: new AbortController().signal }));
  }

  /** What an object of a type is on the wire; attributes that are not told are null. */
  async wired(typeName: string, values: ValueObject | null): Promise<MessageOf<"DynamicValue">> {
    const type = await this.typeOf(typeName);
    const whole = values && Object.keys(type.attributes).map((name): [string, Value] => [name, values[name] ?? null]);
    return { msgpack: encodeMsgpack(whole && Object.fromEntries(whole), type) };
  }

  async unwired(typeName: string, wire: MessageOf<"DynamicValue"> | undefined): Promise<unknown> {
    return decodeMsgpack(wire?.msgpack ?? new Uint8Array([0xc0]), await this.typeOf(typeName));
  }

  async typeOf(typeName: string): Promise<ObjectType> {
    return (typeName === "provider" ? this.#schemas.providerSchema() : (await this.#schemas.resource(typeName)).schema).type as ObjectType;
  }
}
