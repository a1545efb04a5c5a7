import type { Field } from "./field.js";
import type { MESSAGES } from "./messages.js";

type Messages = typeof MESSAGES;
export type MessageName = keyof Messages;

interface Scalars {
  string: string;
  bytes: Uint8Array;
  bool: boolean;
  int32: number;
  int64: number;
}

type Single<K> = K extends keyof Scalars ? Scalars[K] : K extends MessageName ? MessageOf<K> : never;
type ValueOf<F> =
  F extends Field<infer L, infer K>
    ? L extends "repeated"
      ? Single<K>[]
      : L extends "map"
        ? Record<string, Single<K>>
        : Single<K>
    : never;

/** A message as a plain object; a field that is not there has its zero or is absent, as its label says. */
export type MessageOf<N extends MessageName> = { -readonly [F in keyof Messages[N]]?: ValueOf<Messages[N][F]> };
