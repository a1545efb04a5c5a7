export type ErrorCode =
  /** Something else answered: a gateway, a dashboard, a login page. Proves nothing about what was asked for. */
  | "not_an_integration_api"
  /** The Integration API answered that it has no such operation: it is of another version or edition. */
  | "unknown_operation"
  /** The endpoint points elsewhere. Never followed, since the key would go along. */
  | "redirected"
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
  /** Nobody was reached, so nothing was sent. A moment may cure it. */
  | "unreachable"
  /** The server was reached, and its certificate cannot be accepted. Nothing was sent. */
  | "certificate_refused"
  /** HTTP was spoken where TLS is expected or the other way round, or both sides share no version of TLS. Nothing was done. */
  | "wrong_protocol"
  /** The proxy cannot be used as it is set, or refuses to pass the request on. */
  | "proxy_failed"
  | "timeout"
  | "connection_lost"
  | "unexpected_answer";

export interface ErrorDetails {
  readonly method: string;
  /** With its parameters filled in. */
  readonly path: string;
  readonly status?: number;
  readonly retryAfterMs?: number;
  /** The request certainly never got to the server. */
  readonly neverSent?: boolean;
}

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
    readonly details: ErrorDetails,
  ) {
    super(message);
    this.name = "IntegrationApiError";
  }
}

export const isIntegrationApiError = (error: unknown): error is IntegrationApiError =>
  typeof error === "object" && error !== null && BRAND in error;

const AMBIGUOUS: ReadonlySet<ErrorCode> = new Set(["timeout", "connection_lost", "server_error", "unexpected_answer"]);

/**
 * Whether a write may have happened although it failed: it was sent, and no clear refusal came back. Only this API's own words are a clear refusal;
 * a gateway that says 403 may have looked at the answer. A 404 of a gateway says that it has nobody to pass the request on to.
 */
export const isAmbiguous = (error: unknown): boolean =>
  isIntegrationApiError(error) &&
  !error.details.neverSent &&
  (AMBIGUOUS.has(error.code) || (error.code === "not_an_integration_api" && error.details.status !== 404));
