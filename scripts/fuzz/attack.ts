/** An attack: a call, a call that misuses HTTP/2, or raw bytes of a connection. */
export type Attack = CallAttack | StreamAttack | ConnectionAttack;

export interface CallAttack {
  readonly kind: "protobuf" | "msgpack" | "stored";
  /** The gRPC path, `/tfplugin6.Provider/...`. */
  readonly path: string;
  readonly request: Uint8Array;
}

export interface StreamAttack {
  readonly kind: "stream";
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  /** `hold`: the request never ends and is cancelled once the provider has received it. */
  readonly finish: "end" | "reset" | "hold";
  readonly copies: number;
}

export interface ConnectionAttack {
  readonly kind: "frames";
  readonly bytes: Uint8Array;
}

/** The attack as text, to repeat it. */
export const describe = (attack: Attack): string => {
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  if (attack.kind === "frames") return `a connection with the bytes ${hex(attack.bytes)}`;
  if (attack.kind !== "stream") return `${attack.path} with the request ${hex(attack.request)}`;
  const { headers, body, finish, copies } = attack;
  return `${copies} streams that ${finish}, with the headers ${JSON.stringify(headers)} and the body ${hex(body)}`;
};
