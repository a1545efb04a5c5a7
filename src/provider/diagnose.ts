import type { Diagnostic } from "../bridge/sdk.js";
import { type ErrorCode, isIntegrationApiError } from "../integration-api/index.js";

/** Stable: pipelines search for these. */
const SUMMARIES: Readonly<Record<ErrorCode, string>> = {
  not_an_integration_api: "No Integration API at this endpoint",
  unknown_operation: "Operation unknown to the server",
  redirected: "The endpoint redirects elsewhere",
  invalid_key: "API key refused",
  missing_permission: "Permission missing",
  root_key_required: "Root API key needed",
  wrong_organization: "Organization refused",
  not_found: "Not found",
  conflict: "Exists already",
  invalid_request: "Request refused",
  unknown_action: "Permission unknown to the server",
  rate_limited: "Too many requests",
  server_error: "Server error",
  unreachable: "Pangolin unreachable",
  certificate_refused: "Certificate not accepted",
  wrong_protocol: "Wrong protocol at this endpoint",
  proxy_failed: "Proxy failed",
  timeout: "Pangolin did not answer in time",
  connection_lost: "Connection lost",
  unexpected_answer: "Unexpected answer",
};

export const diagnose = (error: unknown): Diagnostic | undefined =>
  isIntegrationApiError(error)
    ? { severity: "error", summary: SUMMARIES[error.code], detail: `${error.message}\n\n${error.advice}` }
    : undefined;
