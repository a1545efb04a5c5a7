export type ErrorCode =
  /** The answer is not from the Integration API but from a gateway, a dashboard or a login page. It proves nothing about the object. */
  | "not_an_integration_api"
  /** The Integration API lacks this operation: it has another version or edition. */
  | "unknown_operation"
  /** The endpoint redirects. Redirects are never followed, since they would send the key elsewhere. */
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
  /** No server was reached, so nothing was sent. Possibly temporary. */
  | "unreachable"
  /** The certificate of the server cannot be accepted. Nothing was sent. */
  | "certificate_refused"
  /** HTTP was spoken where TLS is expected or the other way round, or both sides share no version of TLS. Nothing was done. */
  | "wrong_protocol"
  /** The proxy setting is invalid, or the proxy refuses the request. */
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
  /** Whether the request certainly never reached the server. */
  readonly neverSent?: boolean;
}

const BRAND = Symbol.for("pangolin-iac.IntegrationApiError");

/** A failed call. The message contains method, path, status and the server's message, but never a key. */
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
 * Whether a failed write may have taken effect: it was sent, and no clear refusal came back. Only an answer of this API is a clear refusal;
 * a gateway may answer 403 after the fact. A gateway's 404 means that it has no backend for the request.
 */
export const isAmbiguous = (error: unknown): boolean =>
  isIntegrationApiError(error) &&
  !error.details.neverSent &&
  (AMBIGUOUS.has(error.code) || (error.code === "not_an_integration_api" && error.details.status !== 404));
