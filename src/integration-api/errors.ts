import type { Endpoint } from "./endpoint.js";

export type ErrorCode =
  | "not_an_integration_api"
  | "invalid_key"
  | "missing_permission"
  | "root_key_required"
  | "wrong_organization"
  | "not_found"
  | "conflict"
  | "invalid_request"
  | "unknown_action"
  | "rate_limited"
  | "server_error"
  | "unreachable"
  | "timeout"
  | "connection_lost"
  | "unexpected_answer";

const BRAND = Symbol.for("pangolin-iac.IntegrationApiError");

/** A call that failed. The message holds method, path, status and the server's words, and never a key. */
export class IntegrationApiError extends Error {
  readonly [BRAND] = true;

  constructor(
    readonly code: ErrorCode,
    /** What happened. */
    message: string,
    /** What to do about it. */
    readonly advice: string,
    readonly details: { readonly method: string; readonly path: string; readonly status?: number; readonly retryAfterMs?: number },
  ) {
    super(message);
    this.name = "IntegrationApiError";
  }
}

export const isIntegrationApiError = (error: unknown): error is IntegrationApiError =>
  typeof error === "object" && error !== null && BRAND in error;

/** Whether a write may have happened although it failed: the server got it, and no clear refusal came back. */
export const isAmbiguous = (error: unknown): boolean =>
  isIntegrationApiError(error) &&
  (["timeout", "connection_lost", "server_error", "unexpected_answer"].includes(error.code) ||
    (error.code === "not_an_integration_api" && (error.details.status ?? 0) !== 404));

export interface FailedAnswer {
  readonly endpoint: Endpoint;
  /** With its parameters filled in. */
  readonly path: string;
  readonly status: number;
  /** The envelope's message; undefined where the answer is no JSON of this API. */
  readonly message: string | undefined;
  readonly retryAfterMs?: number;
}

const CHECK_URL =
  "Check the endpoint: the Integration API is a server of its own (flags.enable_integration_api in Pangolin's config.yml), often at https://api.example.com/v1, and it is off by default.";

/** The one place that tells the kinds of refusal apart; the texts are the server's, version 1.22.0. */
export function errorOf({ endpoint, path, status, message, retryAfterMs }: FailedAnswer): IntegrationApiError {
  const call = `${endpoint.method} ${path}`;
  const make = (code: ErrorCode, text: string, advice: string) =>
    new IntegrationApiError(code, text, advice, {
      method: endpoint.method,
      path,
      status,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  const said = `${call} was answered with ${status}${message ? ` ("${message}")` : ""}.`;
  const permission = endpoint.permission ? ` It needs the permission ${endpoint.permission}.` : "";

  if (status === 429) return make("rate_limited", said, "Try again later, or lower max_concurrent_requests.");
  if (message === undefined)
    return make(
      status >= 500 ? "server_error" : "not_an_integration_api",
      `${call} was answered with ${status} by something that is not the Integration API.`,
      CHECK_URL,
    );
  if (status === 401)
    return make(
      "invalid_key",
      said,
      "Check the API key: it has the form keyId.secret, and it may have been deleted or belong to another server.",
    );
  if (status === 403 && /root access/i.test(message))
    return make(
      "root_key_required",
      said,
      `The call needs a root API key.${permission} Root keys exist on self-hosted servers only, where a server administrator makes them.`,
    );
  if (status === 403 && /access to this organization/i.test(message))
    return make("wrong_organization", said, "The API key belongs to another organization, or there is no such organization.");
  if (status === 403) return make("missing_permission", said, `The API key lacks a permission.${permission} Grant it to the key.`);
  if (status === 404) return make("not_found", said, "It is not there any more, or its id is wrong.");
  if (status === 409) return make("conflict", said, "Something of that id exists already.");
  if (status === 400 && /actions do not exist/i.test(message))
    return make("unknown_action", said, "The server is of another version and does not know one of these permissions.");
  if (status < 500) return make("invalid_request", said, "Correct what the server names.");
  return make("server_error", said, "The server failed; its log says why. The call may have had an effect all the same.");
}
