import type { ErrorCode } from "../errors.js";

/** Why a request got no answer, before it is known which call it was. Never holds credentials of a proxy. */
export class TransportFailure extends Error {
  constructor(
    readonly code: ErrorCode,
    /** What happened, as the rest of a sentence: `GET /orgs could not be sent: <what>.` */
    readonly what: string,
    /** What to do about it. */
    readonly advice: string,
    /** The request certainly never got to the server. */
    readonly neverSent: boolean,
  ) {
    super(what);
    this.name = "TransportFailure";
  }
}

/** A connection that was not made: nothing was sent on it. */
export const notConnected = (code: ErrorCode, what: string, advice: string): TransportFailure =>
  new TransportFailure(code, what, advice, true);

export const codeOf = (error: unknown): string => {
  const { code } = error as { readonly code?: unknown };
  return typeof code === "string" ? code : "";
};
