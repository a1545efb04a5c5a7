import { decodeMsgpack, encodeMsgpack, type Type, type Value } from "../../src/bridge/cty/index.js";
import { decode, encode, type MessageName, type MessageOf, methods } from "../../src/bridge/protocol/wire/index.js";
import { type Provider, providerMethods } from "../../src/bridge/sdk.js";

const { signal } = new AbortController();

/** The calls of a provider, each by the protocol's own messages: what Terraform would send and be sent, without a process between. */
export class Service {
  readonly #lookup;

  constructor(provider: Provider) {
    this.#lookup = providerMethods(provider);
  }

  async call<Response extends MessageName>(name: string, request: object, response: Response): Promise<MessageOf<Response>> {
    const [method, bytes] = await this.#asked(name, request);
    if (method.kind !== "unary") throw new Error(`${name} answers with a stream`);
    return decode(response, await method.call(bytes, { signal }));
  }

  async stream<Event extends MessageName>(name: string, request: object, event: Event): Promise<MessageOf<Event>[]> {
    const [method, bytes] = await this.#asked(name, request);
    if (method.kind !== "serverStream") throw new Error(`${name} answers with one message`);
    const events: MessageOf<Event>[] = [];
    for await (const message of method.call(bytes, { signal })) events.push(decode(event, message));
    return events;
  }

  async #asked(name: string, request: object) {
    const path = `/tfplugin6.Provider/${name}`;
    const method = await this.#lookup(path);
    const declared = methods[path];
    if (!method || !declared) throw new Error(`there is no call ${name}`);
    return [method, encode(declared.request, request as never)] as const;
  }
}

export const wire = (value: Value, type: Type): MessageOf<"DynamicValue"> => ({ msgpack: encodeMsgpack(value, type) });

export const unwire = (value: MessageOf<"DynamicValue"> | undefined, type: Type): Value =>
  value?.msgpack ? decodeMsgpack(value.msgpack, type) : null;
