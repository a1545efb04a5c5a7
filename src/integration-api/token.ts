export interface Token {
  readonly keyId: string;
  readonly secret: string;
}

/** The halves of a token `keyId.secret`; undefined where the text is none. The server ignores what follows a second dot. */
export function parseToken(text: string): Token | undefined {
  const match = /^([^.\s]+)\.([^.\s]+)$/.exec(text);
  return match ? { keyId: match[1] as string, secret: match[2] as string } : undefined;
}
