import { decodeJson, decodeMsgpack, encodeMsgpack, type Type, type Value, type ValueObject } from "../cty/index.js";
import type { MessageOf } from "./wire/index.js";

type DynamicValue = MessageOf<"DynamicValue">;

/** Terraform sends msgpack; JSON is allowed by the protocol. An absent value is null. */
export function valueFrom(wire: DynamicValue | undefined, type: Type): Value {
  if (wire?.msgpack && wire.msgpack.length > 0) return decodeMsgpack(wire.msgpack, type);
  if (wire?.json && wire.json.length > 0) return decodeJson(wire.json, type);
  return null;
}

export const objectFrom = (wire: DynamicValue | undefined, type: Type): ValueObject | null => valueFrom(wire, type) as ValueObject | null;

export const valueTo = (value: Value, type: Type): DynamicValue => ({ msgpack: encodeMsgpack(value, type) });
