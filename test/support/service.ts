import { decodeMsgpack, encodeMsgpack, type Type, type Value } from "../../src/bridge/cty/index.js";
import { decode, encode, type MessageName, type MessageOf } from "../../src/bridge/protocol/wire/index.js";
import { type Provider, providerMethods } from "../../src/bridge/sdk.js";

/** The calls whose answers are messages of that kind. */
type CallNameOf<Answer extends string> = {
  [M in MessageName]: M extends `${infer C}.Request` ? (`${C}.${Answer}` extends MessageName ? C : never) : never;
}[MessageName];

/** The calls of a provider, each by the protocol's own messages: what Terraform would send and be sent, without a process between. */
export class Service {
  readonly #methods;

  constructor(provider: Provider, methods = providerMethods(provider)) {
    this.#methods = methods;
  }

  async call<C extends CallNameOf<"Response">>(call: C, request: MessageOf<`${C}.Request`>): Promise<MessageOf<`${C}.Response`>> {
    const method = await this.#methods(`/tfplugin6.Provider/${call}`);
    if (method?.kind !== "unary") throw new Error(`There is no unary call ${call}.`);
    return decode(`${call}.Response`, await method.call(encode(`${call}.Request`, request), { signal: new AbortController().signal }));
  }

  async stream<C extends CallNameOf<"Event">>(call: C, request: MessageOf<`${C}.Request`>): Promise<MessageOf<`${C}.Event`>[]> {
    const method = await this.#methods(`/tfplugin6.Provider/${call}`);
    if (method?.kind !== "serverStream") throw new Error(`There is no call ${call} that answers with a stream.`);
    const events: MessageOf<`${C}.Event`>[] = [];
    for await (const message of method.call(encode(`${call}.Request`, request), { signal: new AbortController().signal }))
      events.push(decode(`${call}.Event`, message));
    return events;
  }
}

export const wire = (value: Value, type: Type): MessageOf<"DynamicValue"> => ({ msgpack: encodeMsgpack(value, type) });

export const unwire = (value: MessageOf<"DynamicValue"> | undefined, type: Type): Value =>
  value?.msgpack ? decodeMsgpack(value.msgpack, type) : null;
