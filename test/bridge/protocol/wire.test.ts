import { create, createFileRegistry, type DescMessage, fromBinary, type MessageShape, toBinary } from "@bufbuild/protobuf";
import {
  FieldDescriptorProto_Label,
  FieldDescriptorProto_Type,
  FileDescriptorProtoSchema,
  FileDescriptorSetSchema,
} from "@bufbuild/protobuf/wkt";
import fc from "fast-check";
import { decode, encode, methods } from "../../../src/bridge/protocol/wire/index.js";
import { MESSAGES } from "../../../src/bridge/protocol/wire/messages.js";
import facts from "../../fixtures/protocol/protocol.json";

interface FieldFacts {
  readonly name: string;
  readonly number: number;
  readonly kind: string;
  readonly type?: string;
  readonly presence?: boolean;
  readonly repeated?: boolean;
  readonly map?: boolean;
}

/** The time is a message of protobuf's own. */
const Timestamp: readonly FieldFacts[] = [
  { name: "seconds", number: 1, kind: "int64" },
  { name: "nanos", number: 2, kind: "int32" },
];
/** One field's name begins with a capital; a name is not on the wire. */
const camel = (field: FieldFacts): FieldFacts => ({ ...field, name: `${field.name.charAt(0).toLowerCase()}${field.name.slice(1)}` });
const messages = Object.fromEntries(
  Object.entries({ ...facts.messages, Timestamp } as Readonly<Record<string, readonly FieldFacts[]>>).map(([name, fields]) => [
    name,
    fields.map(camel),
  ]),
);
const ours = MESSAGES as unknown as Readonly<Record<string, Readonly<Record<string, { number: number; label: string; kind: string }>>>>;
type Name = Parameters<typeof encode>[0];

const kindOf = ({ kind, type }: FieldFacts) => type ?? (kind === "enum" ? "int32" : kind);
const labelOf = ({ map, repeated, presence }: FieldFacts) => (map ? "map" : repeated ? "repeated" : presence ? "optional" : "field");

test.each(Object.keys(ours))("%s has the fields that Terraform's own library knows", (name) => {
  const known = (messages[name] ?? []).map((field) => [field.name, { number: field.number, label: labelOf(field), kind: kindOf(field) }]);
  expect(ours[name]).toEqual(Object.fromEntries(known));
});

test("every call of the protocol is known, with its messages", () => {
  const known = facts.methods.filter(({ path }) => path.startsWith("/tfplugin6.Provider/"));
  expect(methods).toEqual(
    Object.fromEntries(
      known.map(({ path, request, response, ...rest }) => [path, { request, response, ...("stream" in rest && { stream: true }) }]),
    ),
  );
});

/** The same messages for a library that knows nothing of our table. */
const registry = (() => {
  const types: Readonly<Record<string, FieldDescriptorProto_Type>> = {
    string: FieldDescriptorProto_Type.STRING,
    bytes: FieldDescriptorProto_Type.BYTES,
    bool: FieldDescriptorProto_Type.BOOL,
    int32: FieldDescriptorProto_Type.INT32,
    enum: FieldDescriptorProto_Type.INT32,
    int64: FieldDescriptorProto_Type.INT64,
  };
  // Nested names are made flat: "A.B" is "A_B", which the wire does not see.
  const flat = (name: string) => name.replaceAll(".", "_");
  const entryName = (message: string, field: FieldFacts) => `${flat(message)}_${field.name}_entry`;
  const typed = (field: FieldFacts) =>
    field.type === undefined
      ? { type: types[field.kind] as FieldDescriptorProto_Type }
      : { type: FieldDescriptorProto_Type.MESSAGE, typeName: `.t.${flat(field.type)}` };
  const file = create(FileDescriptorProtoSchema, {
    name: "t.proto",
    package: "t",
    syntax: "proto3",
    messageType: Object.entries(messages).map(([name, fields]) => {
      const optionals = fields.filter(({ presence }) => presence);
      return {
        name: flat(name),
        oneofDecl: optionals.map((field) => ({ name: `_${field.name}` })),
        nestedType: fields
          .filter(({ map }) => map)
          .map((field) => ({
            name: entryName(name, field),
            options: { mapEntry: true },
            field: [
              { name: "key", number: 1, type: FieldDescriptorProto_Type.STRING, label: FieldDescriptorProto_Label.OPTIONAL },
              { name: "value", number: 2, label: FieldDescriptorProto_Label.OPTIONAL, ...typed(field) },
            ],
          })),
        field: fields.map((field) => ({
          name: field.name,
          jsonName: field.name,
          number: field.number,
          label: field.repeated || field.map ? FieldDescriptorProto_Label.REPEATED : FieldDescriptorProto_Label.OPTIONAL,
          ...(field.map
            ? { type: FieldDescriptorProto_Type.MESSAGE, typeName: `.t.${flat(name)}.${entryName(name, field)}` }
            : typed(field)),
          ...(field.presence && { proto3Optional: true, oneofIndex: optionals.indexOf(field) }),
        })),
      };
    }),
  });
  const made = createFileRegistry(create(FileDescriptorSetSchema, { file: [file] }));
  return (name: string) => made.getMessage(`t.${flat(name)}`) as DescMessage;
})();

const SCALARS: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  string: fc.string({ unit: "grapheme", maxLength: 12 }),
  bytes: fc.uint8Array({ maxLength: 12 }),
  bool: fc.boolean(),
  int32: fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }),
  int64: fc.maxSafeInteger(),
};

const arbitrary = (name: string, depth = 0): fc.Arbitrary<Record<string, unknown>> =>
  fc.record(
    Object.fromEntries(
      Object.entries(ours[name] ?? {}).flatMap(([key, { label, kind }]) => {
        const scalar = SCALARS[kind];
        if (!scalar && depth > 2) return [];
        const one = scalar ?? arbitrary(kind, depth + 1);
        const value =
          label === "repeated"
            ? fc.array(one, { maxLength: 2 })
            : label === "map"
              ? fc.dictionary(fc.string(), one, { maxKeys: 2, noNullPrototype: true })
              : one;
        return [[key, value] as const];
      }),
    ),
    { requiredKeys: [] },
  ) as fc.Arbitrary<Record<string, unknown>>;

/** What goes over the wire: without zeros, except where their presence means something, and without what is absent. */
function essence(name: string, message: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const inner = (kind: string, value: unknown): unknown => {
    if (kind in SCALARS)
      return value instanceof Uint8Array ? Buffer.from(value).toString("hex") : typeof value === "bigint" ? Number(value) : value;
    return essence(kind, value as Record<string, unknown>);
  };
  const entries = Object.entries(ours[name] ?? {}).flatMap(([key, { label, kind }]): [string, unknown][] => {
    const value = message[key];
    if (value === undefined || value === null) return [];
    if (label === "repeated")
      return (value as unknown[]).length === 0 ? [] : [[key, (value as unknown[]).map((element) => inner(kind, element))]];
    if (label === "map") {
      const pairs = Object.entries(value as object).map(([name_, element]): [string, unknown] => [name_, inner(kind, element)]);
      return pairs.length === 0 ? [] : [[key, Object.fromEntries(pairs.sort())]];
    }
    const made = inner(kind, value);
    const zero = made === "" || made === 0 || made === false;
    return label === "field" && kind in SCALARS && zero ? [] : [[key, made]];
  });
  return Object.fromEntries(entries);
}

/** As the other library takes it: 64 bits are a bigint, and an inner message is made by it. */
function foreign(name: string, message: Readonly<Record<string, unknown>>): MessageShape<DescMessage> {
  const inner = (kind: string, value: unknown): unknown =>
    kind === "int64" ? BigInt(value as number) : kind in SCALARS ? value : foreign(kind, value as Record<string, unknown>);
  const init = Object.entries(ours[name] ?? {}).flatMap(([key, { label, kind }]): [string, unknown][] => {
    const value = message[key];
    if (value === undefined) return [];
    if (label === "repeated") return [[key, (value as unknown[]).map((element) => inner(kind, element))]];
    if (label === "map")
      return [[key, Object.fromEntries(Object.entries(value as object).map(([name_, element]) => [name_, inner(kind, element)]))]];
    return [[key, inner(kind, value)]];
  });
  return create(registry(name), Object.fromEntries(init));
}

const named = fc.constantFrom(...Object.keys(ours)).chain((name) => arbitrary(name).map((message) => ({ name: name as Name, message })));

test("what we write is read by another implementation, and what it writes by us", () => {
  fc.assert(
    fc.property(named, ({ name, message }) => {
      const bytes = encode(name, message as never);
      expect(essence(name, fromBinary(registry(name), bytes) as unknown as Record<string, unknown>)).toEqual(essence(name, message));
      const theirs = toBinary(registry(name), foreign(name, message));
      expect(essence(name, decode(name, theirs) as Record<string, unknown>)).toEqual(essence(name, message));
    }),
    { numRuns: 1000 },
  );
});

test("an explicit zero is kept where its presence means something", () => {
  expect(decode("FunctionError", encode("FunctionError", { functionArgument: 0 }))).toMatchObject({ functionArgument: 0 });
  expect(decode("FunctionError", encode("FunctionError", {})).functionArgument).toBeUndefined();
});

test("arbitrary bytes end in a message or an error, and fields of a later version are passed over", () => {
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(ours)), fc.uint8Array({ maxLength: 64 }), (name, bytes) => {
      try {
        decode(name as Name, bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(Error);
      }
    }),
    { numRuns: 2000 },
  );
  // Field 99 with each wire type: a number, eight bytes, bytes, four bytes.
  const later = Buffer.from([0x98, 0x06, 0x01, 0x99, 0x06, 1, 2, 3, 4, 5, 6, 7, 8, 0x9a, 0x06, 0x01, 0x61, 0x9d, 0x06, 1, 2, 3, 4]);
  expect(decode("FunctionError", Buffer.concat([later, encode("FunctionError", { text: "t" }), later]))).toMatchObject({ text: "t" });
});

test("more messages inside of a message than memory is there for are refused", () => {
  const arguments_ = (count: number) => Buffer.alloc(2 * count, Buffer.from([0x12, 0x00]));
  expect(decode("CallFunction.Request", arguments_(1000)).arguments).toHaveLength(1000);
  expect(() => decode("CallFunction.Request", arguments_(1_000_001))).toThrow("too many parts");
  const entries = Buffer.alloc(2 * 1_000_001, Buffer.from([0x12, 0x00]));
  expect(() => decode("RawState", entries)).toThrow("too many parts");
});
