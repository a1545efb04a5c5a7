import type { ObjectType, Value, ValueObject } from "../../../src/bridge/cty/index.js";
import { ProviderServer } from "../../../src/bridge/framework/provider-server.js";
import type { MessageOf } from "../../../src/bridge/protocol/wire/index.js";
import { corner } from "../../corner/provider.js";
import { Service, unwire, wire } from "../../support/service.js";

/** The test provider, asked in the bytes of the protocol, for what no engine here asks. */
export class WiredCorner extends Service {
  readonly #schemas = new ProviderServer(corner);

  constructor() {
    super(corner);
  }

  /** What an object of a type is on the wire; attributes that are not told are null. */
  async wired(typeName: string, values: ValueObject | null): Promise<MessageOf<"DynamicValue">> {
    const type = await this.typeOf(typeName);
    const whole = values && Object.keys(type.attributes).map((name): [string, Value] => [name, values[name] ?? null]);
    return wire(whole && Object.fromEntries(whole), type);
  }

  async unwired(typeName: string, value: MessageOf<"DynamicValue"> | undefined): Promise<unknown> {
    return unwire(value, await this.typeOf(typeName));
  }

  async typeOf(typeName: string): Promise<ObjectType> {
    return (typeName === "provider" ? this.#schemas.providerSchema() : (await this.#schemas.resource(typeName)).schema).type as ObjectType;
  }
}
