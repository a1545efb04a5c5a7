import { at, DiagnosticError, type PrivateState } from "../bridge/sdk.js";
import type { IntegrationApi } from "../integration-api/index.js";

/** Where an object was made or last seen: at another endpoint its absence proves nothing. */
const ENDPOINT = "endpoint";

export const markEndpoint = (api: IntegrationApi, privateState: PrivateState): void => privateState.set(ENDPOINT, api.endpoint);

export const isAtItsEndpoint = (api: IntegrationApi, privateState: PrivateState): boolean => privateState.get(ENDPOINT) === api.endpoint;

/** The error for an object that this endpoint does not show, although another endpoint may. `what` begins the sentence "… at <endpoint>". */
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
 * Whether an organization, and so all that is in it, is proven to be gone: the server says 404 at the endpoint where the
 * object was made. At another one that only says that the configuration points to another server, which is an error.
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

/** Before a write: the organization exists. A key minted into a missing one would be an orphan that no call shows. */
export async function requireOrganization(api: IntegrationApi, orgId: string): Promise<void> {
  if (await api.organizationExists(orgId)) return;
  throw new DiagnosticError(
    "Organization not found",
    `There is no organization "${orgId}" at ${api.endpoint}. Nothing was changed. Create it first, e.g. with a pangolin_org and a reference to it, or correct org_id.`,
    at("org_id"),
  );
}
