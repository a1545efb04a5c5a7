import { decodeJson, decodeMsgpack, encodeMsgpack, type Type, type Value, type ValueObject } from "../cty/index.js";
import { DiagnosticError } from "../framework/diagnostics.js";
import type { MessageOf } from "./wire/index.js";

type DynamicValue = MessageOf<"DynamicValue">;

/** Terraform sends msgpack; JSON is allowed by the protocol. An absent value is null. */
export function valueFrom(wire: DynamicValue | undefined, type: Type): Value {
  if (wire?.msgpack && wire.msgpack.length > 0) return decodeMsgpack(wire.msgpack, type);
  if (wire?.json && wire.json.length > 0) return decodeJson(wire.json, type);
  return null;
}

export const objectFrom = (wire: DynamicValue | undefined, type: Type): ValueObject | null => valueFrom(wire, type) as ValueObject | null;

/** The configuration of what cannot be without one. */
export function configFrom(wire: DynamicValue | undefined, type: Type): ValueObject {
  const config = objectFrom(wire, type);
  if (!config) throw new DiagnosticError("No configuration", "Terraform asked for something without the configuration it is to follow.");
  return config;
}

export const valueTo = (value: Value, type: Type): DynamicValue => ({ msgpack: encodeMsgpack(value, type) });
