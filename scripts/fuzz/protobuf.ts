import * as fc from "fast-check";
import { byteMutation, type Mutation } from "./bytes.js";

interface Field {
  readonly number: number;
  readonly wire: number;
  readonly payload: Buffer;
  /** Difference between the stated and the actual length of the payload. */
  readonly lie?: number;
}

type FieldMutation = (field: Field) => readonly Field[];

const MAX_DEPTH = 6;
const anyBytes = fc.uint8Array({ maxLength: 24 }).map((bytes) => Buffer.from(bytes));

const fieldMutation: fc.Arbitrary<FieldMutation> = fc.oneof(
  fc.constant<FieldMutation>(() => []),
  fc.integer({ min: 2, max: 200 }).map(
    (times): FieldMutation =>
      (field) =>
        Array<Field>(times).fill(field),
  ),
  fc.nat({ max: 2 ** 29 }).map(
    (number): FieldMutation =>
      (field) => [{ ...field, number }],
  ),
  fc.nat({ max: 7 }).map(
    (wire): FieldMutation =>
      (field) => [{ ...field, wire }],
  ),
  fc.constantFrom(-1, 1, 127, 2 ** 31, 2 ** 32, 2 ** 53).map(
    (lie): FieldMutation =>
      (field) => [{ ...field, lie }],
  ),
  anyBytes.map(
    (payload): FieldMutation =>
      (field) => [{ ...field, payload }],
  ),
  fc.integer({ min: 1, max: 400 }).map(
    (depth): FieldMutation =>
      (field) => {
        let payload = field.payload;
        for (let level = 0; level < depth; level++) payload = write([{ ...field, wire: 2, payload }]);
        return [{ ...field, wire: 2, payload }];
      },
  ),
  // Varints of ten bytes, and one without an end.
  fc.constantFrom("ffffffffffffffffff01", "80808080808080808001", "ffffffffffffffffffffff").map(
    (hex): FieldMutation =>
      (field) => [{ number: field.number, wire: 0, payload: Buffer.from(hex, "hex") }],
  ),
);

/** Mutations of a message's fields at any depth. Bytes that are no message are mutated as bytes. */
export const messageMutation: fc.Arbitrary<Mutation> = fc.oneof(
  byteMutation,
  fc.tuple(fc.array(fc.nat({ max: 64 }), { minLength: 1, maxLength: MAX_DEPTH }), fieldMutation, byteMutation).map(
    ([path, mutateField, mutateBytes]): Mutation =>
      (bytes) =>
        mutateAt(bytes, path, mutateField, mutateBytes),
  ),
);

function mutateAt(bytes: Buffer, [step = 0, ...path]: readonly number[], mutateField: FieldMutation, mutateBytes: Mutation): Buffer {
  const fields = read(bytes);
  if (!fields || fields.length === 0) return mutateBytes(bytes);
  const index = step % fields.length;
  const field = fields[index] as Field;
  const inner =
    field.wire === 2 && path.length > 0
      ? [{ ...field, payload: mutateAt(field.payload, path, mutateField, mutateBytes) }]
      : mutateField(field);
  return write([...fields.slice(0, index), ...inner, ...fields.slice(index + 1)]);
}

function read(bytes: Buffer): Field[] | undefined {
  const fields: Field[] = [];
  let offset = 0;
  const varint = (): number => {
    for (let value = 0, factor = 1; ; factor *= 128) {
      const byte = bytes[offset++];
      if (byte === undefined) return Number.NaN;
      value += (byte & 127) * factor;
      if (byte < 128) return value;
    }
  };
  while (offset < bytes.length) {
    const tag = varint();
    const wire = tag % 8;
    const start = offset;
    const size = wire === 2 ? varint() : wire === 1 ? 8 : wire === 5 ? 4 : 0;
    const from = wire === 2 ? offset : start;
    if (wire === 0) varint();
    else offset = from + size;
    if (!(offset <= bytes.length) || ![0, 1, 2, 5].includes(wire)) return undefined;
    fields.push({ number: Math.floor(tag / 8), wire, payload: bytes.subarray(from, offset) });
  }
  return fields;
}

const write = (fields: readonly Field[]): Buffer =>
  Buffer.concat(
    fields.flatMap(({ number, wire, payload, lie = 0 }) => [
      varint(number * 8 + wire),
      ...(wire === 2 ? [varint(Math.max(0, payload.length + lie))] : []),
      payload,
    ]),
  );

function varint(value: number): Buffer {
  const bytes: number[] = [];
  for (let rest = value; ; rest = Math.floor(rest / 128)) {
    bytes.push(rest > 127 ? (rest % 128) | 128 : rest);
    if (rest <= 127) return Buffer.from(bytes);
  }
}
