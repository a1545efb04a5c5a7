import { createHash } from "node:crypto";
import {
  checkConforms,
  decodeJson,
  decodeMsgpack,
  encodeJson,
  encodeMsgpack,
  equal,
  isWhollyKnown,
} from "../../../src/bridge/cty/index.js";
import { cases } from "./fixture.js";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

describe("what Terraform's own library writes", () => {
  it("covers every file", () => {
    expect(cases.length).toBeGreaterThan(400);
  });

  it.each(cases)("$name", ({ type, value, msgpack, sha256, json, rewritten, refined }) => {
    const bytes = encodeMsgpack(value, type);
    if (msgpack !== undefined) {
      const decoded = decodeMsgpack(Buffer.from(msgpack, "hex"), type);
      expect(decoded).toStrictEqual(value);
      expect(equal(decoded, value, type)).toBe(true);
      expect(isWhollyKnown(decoded)).toBe(isWhollyKnown(value));
      if (!refined) expect(hex(bytes)).toBe(rewritten ?? msgpack);
    } else {
      expect(createHash("sha256").update(bytes).digest("hex")).toBe(sha256);
    }
    expect(decodeMsgpack(bytes, type)).toStrictEqual(value);
    expect(checkConforms(value, type)).toBeUndefined();
    if (json !== undefined) {
      expect(decodeJson(json, type)).toStrictEqual(value);
      expect(decodeJson(Buffer.from(json), type)).toStrictEqual(value);
      expect(encodeJson(value, type)).toBe(json);
    }
  });
});
