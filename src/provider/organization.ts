import { at, DiagnosticError, type PrivateState } from "../bridge/sdk.js";
import type { IntegrationApi } from "../integration-api/index.js";

/** Private state: endpoint at which an object was created or last seen. Its absence at another endpoint proves nothing. */
const ENDPOINT = "endpoint";

export const markEndpoint = (api: IntegrationApi, privateState: PrivateState): void => privateState.set(ENDPOINT, api.endpoint);

export const isAtItsEndpoint = (api: IntegrationApi, privateState: PrivateState): boolean => privateState.get(ENDPOINT) === api.endpoint;

/** Error for an object that is not at this endpoint but may be at another. `what` begins the sentence "… at <endpoint>". */
export function notAtThisEndpoint(
  api: IntegrationApi,
  privateState: PrivateState,
  summary: string,
  what: string,
  advice: string,
): DiagnosticError {
  const made = privateState.get(ENDPOINT);
  return new DiagnosticError(
    summary,
    `${what} at ${api.endpoint}${typeof made === "string" ? `, but this object was made at ${made}` : ""}. Nothing was changed. ${advice}`,
  );
}

/**
 * Whether an organization, and so everything in it, certainly no longer exists: 404 at the endpoint where the
 * object was created. A 404 at another endpoint means that the configuration points to another server, which is an error.
 */
export async function organizationIsGone(api: IntegrationApi, orgId: string, privateState: PrivateState): Promise<boolean> {
  if (await api.organizationExists(orgId)) return false;
  if (isAtItsEndpoint(api, privateState)) return true;
  throw notAtThisEndpoint(
    api,
    privateState,
    "Organization not found",
    `There is no organization "${orgId}"`,
    "Check the provider's endpoint and org_id. If the organization has been deleted, remove the object from the state with `terraform state rm`.",
  );
}

/** Checks before a write that the organization exists. A key created in a missing one would be an orphan that no call lists. */
export async function requireOrganization(api: IntegrationApi, orgId: string): Promise<void> {
  if (await api.organizationExists(orgId)) return;
  throw new DiagnosticError(
    "Organization not found",
    `There is no organization "${orgId}" at ${api.endpoint}. Nothing was changed. Create it first, e.g. with a pangolin_org and a reference to it, or correct org_id.`,
    at("org_id"),
  );
}
