import type { Endpoint } from "./endpoint.js";
import type { Envelope } from "./envelope.js";
import { type ErrorCode, IntegrationApiError } from "./errors.js";

/** An answer of the Integration API that is a refusal or a failure. */
export interface Refusal {
  readonly endpoint: Endpoint;
  /** With its parameters filled in. */
  readonly path: string;
  readonly envelope: Pick<Envelope, "status" | "message">;
  readonly retryAfterMs?: number | undefined;
}

/** The only place that classifies refusals. The messages are those of server version 1.22.0. */
export function refusalOf({ endpoint, path, envelope: { status, message }, retryAfterMs }: Refusal): IntegrationApiError {
  const said = `${endpoint.method} ${path} was answered with ${status}${message ? ` ("${message}")` : ""}.`;
  const make = (code: ErrorCode, advice: string) =>
    new IntegrationApiError(code, said, advice, {
      method: endpoint.method,
      path,
      status,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    });
  const permission = endpoint.permission ? ` It needs the permission ${endpoint.permission}.` : "";

  if (status === 429) return make("rate_limited", "Try again later, or lower max_concurrent_requests.");
  if (status === 401)
    return make(
      "invalid_key",
      "Check the API key: it has the form keyId.secret, and it may have been deleted or belong to another server.",
    );
  if (status === 403 && /root access/i.test(message))
    return make(
      "root_key_required",
      `The call needs a root API key.${permission} Root keys exist on self-hosted servers only: a server administrator creates them under Server Admin > API Keys.`,
    );
  if (status === 403 && /access to this organization/i.test(message))
    return make("wrong_organization", "The API key belongs to another organization, or there is no such organization.");
  if (status === 403) return make("missing_permission", `The API key lacks a permission.${permission} Grant it to the key.`);
  if (status === 404) return make("not_found", "It was deleted, or its id is wrong.");
  if (status === 409) return make("conflict", "Something with that id exists already.");
  if (status === 400 && /actions do not exist/i.test(message))
    return make("unknown_action", "The server has another version and does not know one of these permissions.");
  if (status >= 400 && status < 500) return make("invalid_request", "Correct what the server reports.");
  return make("server_error", "The server failed; see its log. The call may have taken effect nevertheless.");
}
