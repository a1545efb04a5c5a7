import { DiagnosticError, type PrivateState } from "../../bridge/sdk.js";
import type { ApiKeyListing, IntegrationApi } from "../../integration-api/index.js";
import { isAtItsEndpoint, markEndpoint, notAtThisEndpoint, organizationIsGone } from "../organization.js";

/**
 * All keys of an organization, or null if the organization, and so every key in it, certainly no longer exists.
 * The server lists the keys of a missing organization with 200 and an empty list, so the organization is looked up first.
 */
export async function keysOf(api: IntegrationApi, orgId: string, privateState: PrivateState): Promise<ApiKeyListing | null> {
  return (await organizationIsGone(api, orgId, privateState)) ? null : api.listApiKeys(orgId);
}

/**
 * The keys of an object that are listed. If an endpoint other than the object's own lists none of them, it is another server
 * with an organization of the same id, which is an error. If it lists one, the server has a new name, and the stored endpoint is updated.
 */
export function livingOf(
  api: IntegrationApi,
  { rows }: ApiKeyListing,
  orgId: string,
  keyIds: readonly (string | null | undefined)[],
  privateState: PrivateState,
): string[] {
  const known = [...new Set(keyIds)].filter((keyId) => typeof keyId === "string");
  const living = known.filter((keyId) => rows.has(keyId));
  if (isAtItsEndpoint(api, privateState) || known.length === 0) return living;
  if (living.length > 0) {
    markEndpoint(api, privateState);
    return living;
  }
  throw notAtThisEndpoint(
    api,
    privateState,
    "API key is not at this endpoint",
    `The organization "${orgId}" has no API key ${known.join(" or ")}`,
    "Check the provider's endpoint: another server may have an organization of the same id. If the key has been deleted, remove the object from the state with `terraform state rm`.",
  );
}

/** The server deletes and changes any key by its id, whatever the organization in the path, so ownership is checked here. */
export function refuseKeyInUse(api: IntegrationApi, keyId: string, act: string): void {
  if (api.keyId !== keyId) return;
  throw new DiagnosticError(
    "API key in use",
    `${keyId} is the key that the provider authenticates with, so it will not ${act} it. Configure the provider with another key.`,
  );
}
