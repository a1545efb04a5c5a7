import { encode } from "@msgpack/msgpack";
import type { Tree } from "./tree.js";

const header = (code: number, size: number): Buffer => {
  const bytes = Buffer.alloc(5);
  bytes[0] = code;
  bytes.writeUInt32BE(Math.max(0, size) % 2 ** 32, 1);
  return bytes;
};

/** Encodes as msgpack, with every length in its longest form. */
export function toMsgpack(tree: Tree): Buffer {
  switch (tree.kind) {
    case "nil":
      return Buffer.from([0xc0]);
    case "unknown":
      return Buffer.from([0xd4, 0, 0]);
    case "bool":
      return Buffer.from([tree.value ? 0xc3 : 0xc2]);
    case "number":
      return numberBytes(tree.text);
    case "text":
      return Buffer.concat([header(0xdb, tree.bytes.length), tree.bytes]);
    case "array":
      return Buffer.concat([header(0xdd, tree.items.length + (tree.lie ?? 0)), ...tree.items.map(toMsgpack)]);
    case "map":
      return Buffer.concat([header(0xdf, tree.entries.length + (tree.lie ?? 0)), ...tree.entries.flat().map(toMsgpack)]);
    case "dynamic":
      return Buffer.concat([Buffer.from([0x92]), header(0xc6, tree.type.length), tree.type, toMsgpack(tree.value)]);
    case "nested":
      return Buffer.concat([Buffer.alloc(tree.depth, 0x91), Buffer.from([0xc0])]);
    case "raw":
      return tree.bytes;
  }
}

/** An integer as an integer, a fraction as float64 or as a string: Terraform does both. */
function numberBytes(text: string): Buffer {
  const asText = () => toMsgpack({ kind: "text", bytes: Buffer.from(text) });
  if (/^-?\d+$/.test(text)) {
    const value = BigInt(text);
    return value >= -(2n ** 63n) && value < 2n ** 64n ? Buffer.from(encode(value, { useBigInt64: true })) : asText();
  }
  return text.length % 2 === 0 ? asText() : Buffer.from(encode(Number(text), { forceIntegerToFloat: true }));
}

/** Encodes as JSON, which has no unknown values. */
export function toJson(tree: Tree): Buffer {
  switch (tree.kind) {
    case "nil":
    case "unknown":
      return Buffer.from("null");
    case "bool":
      return Buffer.from(String(tree.value));
    case "number":
      return Buffer.from(tree.text);
    case "text":
      return Buffer.from(JSON.stringify(tree.bytes.toString()));
    case "array":
      return enclosed("[", tree.items.map(toJson), tree.lie === undefined ? "]" : "");
    case "map": {
      const members = tree.entries.map(([key, value]) => Buffer.concat([toJson(key), Buffer.from(":"), toJson(value)]));
      return enclosed("{", members, tree.lie === undefined ? "}" : "]");
    }
    case "dynamic":
      return Buffer.concat([Buffer.from('{"type":'), tree.type, Buffer.from(',"value":'), toJson(tree.value), Buffer.from("}")]);
    case "nested":
      return Buffer.from(`${"[".repeat(tree.depth)}${"]".repeat(tree.depth)}`);
    case "raw":
      return tree.bytes;
  }
}

const enclosed = (open: string, parts: readonly Buffer[], close: string): Buffer =>
  Buffer.concat([
    Buffer.from(open),
    ...parts.flatMap((part, index) => (index === 0 ? [part] : [Buffer.from(","), part])),
    Buffer.from(close),
  ]);
