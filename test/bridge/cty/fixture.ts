import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DynamicValue, decodeType, emptyObject, parseNumber, type Type, unknown, type Value } from "../../../src/bridge/cty/index.js";

/** A case that Terraform's own library wrote; `test/fixtures/cty/generate/main.go` documents it. */
export interface Case {
  readonly name: string;
  readonly type: Type;
  readonly value: Value;
  /** Hexadecimal; absent where `sha256` stands for long bytes. */
  readonly msgpack?: string;
  readonly sha256?: string;
  readonly json?: string;
  readonly rewritten?: string;
  readonly refined?: boolean;
}

type Description =
  | null
  | boolean
  | string
  | {
      readonly number?: string;
      readonly unknown?: true;
      readonly elements?: readonly Description[];
      readonly members?: Readonly<Record<string, Description>>;
      readonly text?: string;
      readonly element?: Description;
      readonly count?: number;
      readonly type?: unknown;
      readonly value?: Description;
    };

const FILES = ["primitives", "numbers", "collections", "structures", "dynamic", "unknown", "sizes"] as const;

export const cases: readonly Case[] = FILES.flatMap((file) => {
  const read = JSON.parse(readFileSync(join(__dirname, "../../fixtures/cty", `${file}.json`), "utf8")) as readonly (Omit<
    Case,
    "type" | "value"
  > & { readonly type: unknown; readonly value: Description })[];
  return read.map((entry) => ({ ...entry, type: decodeType(entry.type), value: valueOfDescription(entry.value) }));
});

function valueOfDescription(given: Description): Value {
  if (given === null || typeof given !== "object") return given;
  if (given.unknown) return unknown;
  if (given.number !== undefined) return parseNumber(given.number);
  if (given.elements) return given.elements.map(valueOfDescription);
  if (given.text !== undefined) return given.text.repeat(given.count ?? 0);
  if (given.element !== undefined) return new Array<Value>(given.count ?? 0).fill(valueOfDescription(given.element));
  if (given.type !== undefined) return new DynamicValue(decodeType(given.type), valueOfDescription(given.value ?? null));
  const members = emptyObject();
  for (const [key, member] of Object.entries(given.members ?? {})) members[key] = valueOfDescription(member);
  return members;
}
