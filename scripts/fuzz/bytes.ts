import * as fc from "fast-check";

export type Mutation = (bytes: Buffer) => Buffer;

const anyBytes = fc.uint8Array({ maxLength: 24 }).map((bytes) => Buffer.from(bytes));
const place = fc.nat({ max: 1_000_000 });
const cut = (bytes: Buffer, at: number): [Buffer, Buffer] => {
  const offset = at % (bytes.length + 1);
  return [bytes.subarray(0, offset), bytes.subarray(offset)];
};

/** Mutations of bytes without regard to their meaning. */
export const byteMutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.tuple(place, fc.integer({ min: 1, max: 255 })).map(
    ([at, mask]): Mutation =>
      (bytes) => {
        const changed = Buffer.from(bytes);
        if (changed.length > 0) changed[at % changed.length] = (changed[at % changed.length] ?? 0) ^ mask;
        return changed;
      },
  ),
  fc.tuple(place, anyBytes).map(
    ([at, more]): Mutation =>
      (bytes) => {
        const [head, tail] = cut(bytes, at);
        return Buffer.concat([head, more, tail]);
      },
  ),
  fc.tuple(place, fc.nat({ max: 16 })).map(
    ([at, size]): Mutation =>
      (bytes) => {
        const [head, tail] = cut(bytes, at);
        return Buffer.concat([head, tail.subarray(size)]);
      },
  ),
  place.map(
    (at): Mutation =>
      (bytes) =>
        cut(bytes, at)[0],
  ),
  fc.tuple(place, place, fc.integer({ min: 2, max: 64 })).map(
    ([from, to, times]): Mutation =>
      (bytes) => {
        const [head, tail] = cut(bytes, from);
        const [part] = cut(tail, to);
        return Buffer.concat([head, ...Array<Buffer>(times).fill(part.subarray(0, 256)), tail]);
      },
  ),
);

/** Bytes after some mutations. No mutation is the smallest case. */
export const mutated = (bytes: fc.Arbitrary<Uint8Array>, mutation: fc.Arbitrary<Mutation>): fc.Arbitrary<Buffer> =>
  fc.tuple(bytes, fc.array(mutation, { minLength: 1, maxLength: 4 })).map(([original, mutations]) => {
    let changed: Buffer = Buffer.from(original);
    for (const mutate of mutations) changed = mutate(changed);
    return changed;
  });
