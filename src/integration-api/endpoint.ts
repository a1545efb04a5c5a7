import type * as z from "zod";

/** Declaration of an operation of the Integration API. The client, error messages and the checks against the recorded facts use it. */
export interface Endpoint<Body = unknown, Data extends z.ZodType = z.ZodType> {
  /** Id of the operation in the recorded facts. */
  readonly id: string;
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** Path after `/v1`, with parameters as `{name}`. */
  readonly path: string;
  /** The permission that a key needs; null: none. */
  readonly permission: string | null;
  /** Whether it requires a root key, regardless of permissions. */
  readonly rootOnly: boolean;
  /** Whether the answer comes without the envelope `{data, success, ...}`. */
  readonly bare?: boolean;
  /** Schema of the used part of the answer's `data`. */
  readonly data: Data;
  /** Whether the operation is idempotent. */
  readonly repeatable: boolean;
  readonly body?: Body;
}

export const endpoint = <Data extends z.ZodType>(declaration: Endpoint<unknown, Data>): Endpoint<unknown, Data> => declaration;
