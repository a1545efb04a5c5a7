import type { Field } from "./field.js";
import type { MessageName, MessageOf } from "./message-types.js";
import { MESSAGES } from "./messages.js";
import { Reader, WireError } from "./reader.js";

/** Real schemas nest a few levels; deeper bytes come from nowhere but a mistake or malice. */
const MAX_DEPTH = 100;

/** Two bytes make a message inside of another one, and dozens in memory. No request has more than some thousands. */
const MAX_MESSAGES = 1_000_000;

/** What is left of the limits on the way into a message. */
interface Budget {
  messages: number;
}

type Numbered = ReadonlyMap<number, readonly [string, Field]>;
const byNumber = new Map<string, Numbered>();

/** The message of protobuf bytes; fields that the table does not know are skipped. Throws {@link WireError}. */
export const decode = <N extends MessageName>(name: N, bytes: Uint8Array): MessageOf<N> =>
  readMessage(name, bytes, 0, { messages: MAX_MESSAGES }) as MessageOf<N>;

function readMessage(name: string, bytes: Uint8Array, depth: number, budget: Budget): Record<string, unknown> {
  if (depth > MAX_DEPTH) throw new WireError("the message nests too deep");
  if (--budget.messages < 0) throw new WireError("the message has too many parts");
  const fields = fieldsOf(name);
  const reader = new Reader(bytes);
  const message: Record<string, unknown> = {};
  while (!reader.atEnd) {
    const tag = reader.varint();
    const wireType = tag % 8;
    const known = fields.get(Math.floor(tag / 8));
    if (known) readField(reader, wireType, known, message, depth, budget);
    else reader.skip(wireType);
  }
  return message;
}

function fieldsOf(name: string): Numbered {
  let fields = byNumber.get(name);
  if (!fields) {
    fields = new Map(Object.entries(MESSAGES[name as MessageName] as Record<string, Field>).map((entry) => [entry[1].number, entry]));
    byNumber.set(name, fields);
  }
  return fields;
}

function readField(
  reader: Reader,
  wireType: number,
  [key, field]: readonly [string, Field],
  message: Record<string, unknown>,
  depth: number,
  budget: Budget,
): void {
  if (field.label === "map") {
    message[key] ??= Object.create(null);
    return readEntry(requireBytes(reader, wireType), field, message[key] as Record<string, unknown>, depth, budget);
  }
  const value = readValue(reader, wireType, field.kind, depth, budget);
  if (field.label !== "repeated") {
    message[key] = value;
    return;
  }
  message[key] ??= [];
  (message[key] as unknown[]).push(value);
}

function readEntry(bytes: Uint8Array, { kind }: Field, entries: Record<string, unknown>, depth: number, budget: Budget): void {
  if (--budget.messages < 0) throw new WireError("the message has too many parts");
  const reader = new Reader(bytes);
  let key = "";
  let value: unknown = kind === "string" ? "" : {};
  while (!reader.atEnd) {
    const tag = reader.varint();
    if (Math.floor(tag / 8) === 1) key = readValue(reader, tag % 8, "string", depth, budget) as string;
    else if (Math.floor(tag / 8) === 2) value = readValue(reader, tag % 8, kind, depth, budget);
    else reader.skip(tag % 8);
  }
  entries[key] = value;
}

function readValue(reader: Reader, wireType: number, kind: string, depth: number, budget: Budget): unknown {
  switch (kind) {
    case "bool":
      return requireVarint(reader, wireType) !== 0;
    case "int32":
    case "int64":
      return requireVarint(reader, wireType);
    case "string":
      return requireBytes(reader, wireType).toString("utf8");
    case "bytes":
      return requireBytes(reader, wireType);
    default:
      return readMessage(kind, requireBytes(reader, wireType), depth + 1, budget);
  }
}

function requireVarint(reader: Reader, wireType: number): number {
  if (wireType !== 0) throw new WireError("a field has another wire type than its kind");
  return reader.varint();
}

function requireBytes(reader: Reader, wireType: number): Buffer {
  if (wireType !== 2) throw new WireError("a field has another wire type than its kind");
  return reader.lengthDelimited();
}
