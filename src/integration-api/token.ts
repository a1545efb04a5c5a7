export interface Token {
  readonly keyId: string;
  readonly secret: string;
}

/** Splits a token `keyId.secret`. Undefined if it is malformed. The server ignores anything after a second dot. */
export function parseToken(text: string): Token | undefined {
  const match = /^([^.\s]+)\.([^.\s]+)$/.exec(text);
  return match ? { keyId: match[1] as string, secret: match[2] as string } : undefined;
}
