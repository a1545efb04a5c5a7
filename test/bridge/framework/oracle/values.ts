import {
  DynamicValue,
  decodeType,
  emptyObject,
  encodeType,
  parseNumber,
  type Type,
  unknown,
  type Value,
  type ValueObject,
} from "../../../../src/bridge/cty/index.js";

/** A value as it is in the fixtures; `test/fixtures/oracle/generate/main.go` documents it. */
export type Written = null | boolean | string | readonly Written[] | { readonly [name: string]: Written };

type Members = Readonly<Record<string, Written>>;

/** The value that is written, of the type that the schema says. */
export function read(written: Written, type: Type): Value {
  if (written === null) return null;
  if (isUnknown(written)) return unknown;
  switch (type.kind) {
    case "number":
      return parseNumber(written as string);
    case "list":
    case "set":
      return (written as readonly Written[]).map((element) => read(element, type.element));
    case "map": {
      const members = emptyObject();
      for (const [key, member] of Object.entries(written)) members[key] = read(member as Written, type.element);
      return members;
    }
    case "object": {
      const members = emptyObject();
      for (const [name, own] of Object.entries(type.attributes)) members[name] = read((written as Members)[name] ?? null, own);
      return members;
    }
    case "dynamic": {
      const { $type, value } = written as { readonly $type: unknown; readonly value: Written };
      const own = decodeType($type);
      return new DynamicValue(own, read(value, own));
    }
    default:
      return written as string | boolean;
  }
}

export const readObject = (written: Written, type: Type): ValueObject | null => read(written, type) as ValueObject | null;

/** A value as the fixtures write it, but with one order for the elements of a set, which mean nothing by theirs. */
export function write(value: Value, type: Type): Written {
  if (value === null) return null;
  if (value === unknown) return { $unknown: true };
  switch (type.kind) {
    case "number":
      return String(value);
    case "list":
      return (value as readonly Value[]).map((element) => write(element, type.element));
    case "set":
      return (value as readonly Value[])
        .map((element) => write(element, type.element))
        .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
    case "map":
      return Object.fromEntries(
        Object.entries(value as ValueObject)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, member]) => [key, write(member, type.element)]),
      );
    case "object":
      return Object.fromEntries(
        Object.entries(type.attributes)
          .map(([name, own]): [string, Written] => [name, write((value as ValueObject)[name] ?? null, own)])
          .filter(([, member]) => member !== null),
      );
    case "dynamic": {
      const { type: own, value: inner } = value as DynamicValue;
      return { $type: encodeType(own) as Written, value: write(inner, own) };
    }
    default:
      return value as string | boolean;
  }
}

const isUnknown = (written: Written): boolean => typeof written === "object" && written !== null && (written as Members).$unknown === true;
