import type * as z from "zod";

/** One call of the Integration API, declared once: the client, the errors' words and the checks against the recorded facts come from it. */
export interface Endpoint<Body = unknown, Data extends z.ZodType = z.ZodType> {
  /** The name of the operation in the recorded facts. */
  readonly id: string;
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** After the `/v1` of the endpoint; `{name}` stands for a parameter. */
  readonly path: string;
  /** The permission that a key needs; null: none. */
  readonly permission: string | null;
  /** Only a root key may call it, whatever an organization's key was granted. */
  readonly rootOnly: boolean;
  /** The answer is not wrapped into the envelope `{data, success, ...}`. */
  readonly bare?: boolean;
  /** What the answer's `data` holds, as far as it is used. */
  readonly data: Data;
  /** Sending it twice does no more than sending it once. */
  readonly repeatable: boolean;
  readonly body?: Body;
}

export const endpoint = <Data extends z.ZodType>(declaration: Endpoint<unknown, Data>): Endpoint<unknown, Data> => declaration;
