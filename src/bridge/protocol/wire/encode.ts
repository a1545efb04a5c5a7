import type { Field } from "./field.js";
import type { MessageName, MessageOf } from "./message-types.js";
import { MESSAGES } from "./messages.js";
import { Writer } from "./writer.js";

/** The protobuf bytes of a message. A field with its zero is left out, except where its presence means something. */
export function encode<N extends MessageName>(name: N, message: MessageOf<N>): Uint8Array {
  const writer = new Writer();
  writeMessage(writer, name, message as Record<string, unknown>);
  return writer.bytes();
}

function writeMessage(writer: Writer, name: string, message: Record<string, unknown>): void {
  const fields = MESSAGES[name as MessageName] as Record<string, Field>;
  for (const [key, field] of Object.entries(fields)) {
    const value = message[key];
    if (value === undefined || value === null) continue;
    if (field.label === "repeated") for (const element of value as unknown[]) writeField(writer, field.number, field.kind, element);
    else if (field.label === "map") writeMap(writer, field, value as Record<string, unknown>);
    else if (field.label === "optional" || !isZero(field.kind, value)) writeField(writer, field.number, field.kind, value);
  }
}

function writeMap(writer: Writer, { number, kind }: Field, entries: Record<string, unknown>): void {
  for (const [key, value] of Object.entries(entries)) {
    const entry = new Writer();
    writeField(entry, 1, "string", key);
    writeField(entry, 2, kind, value);
    writer.bytesField(number, entry.bytes());
  }
}

function writeField(writer: Writer, number: number, kind: string, value: unknown): void {
  switch (kind) {
    case "string":
      return writer.stringField(number, value as string);
    case "bytes":
      return writer.bytesField(number, value as Uint8Array);
    case "bool":
      return writer.varintField(number, value ? 1 : 0);
    case "int32":
    case "int64":
      return writer.varintField(number, value as number);
    default: {
      const inner = new Writer();
      writeMessage(inner, kind, value as Record<string, unknown>);
      return writer.bytesField(number, inner.bytes());
    }
  }
}

const isZero = (kind: string, value: unknown): boolean =>
  kind === "bytes" ? (value as Uint8Array).length === 0 : value === "" || value === 0 || value === false;
