import { DiagnosticError, type PrivateState } from "../../bridge/sdk.js";
import type { ApiKeyRow, IntegrationApi } from "../../integration-api/index.js";

/** Where an object was made: at another endpoint its absence proves nothing. */
const ENDPOINT = "endpoint";

export const markEndpoint = (api: IntegrationApi, privateState: PrivateState): void => privateState.set(ENDPOINT, api.endpoint);

export interface KeysOfOrganization {
  readonly rows: ReadonlyMap<string, ApiKeyRow>;
  /** The server's time of the listing, in milliseconds. */
  readonly now: number;
  readonly nowIsServerTime: boolean;
}

/**
 * All keys of an organization, or null where the organization, and so every key in it, is proven to be gone.
 *
 * The server answers a listing of an organization that does not exist with 200 and an empty list, so the organization
 * is looked up first. Its 404 counts only at the endpoint where the object was made: at another one it says that the
 * configuration points to another server.
 */
export async function keysOf(api: IntegrationApi, orgId: string, privateState: PrivateState): Promise<KeysOfOrganization | null> {
  if (!(await api.organizationExists(orgId))) {
    const made = privateState.get(ENDPOINT);
    if (made === api.endpoint) return null;
    throw new DiagnosticError(
      "Organization not found",
      `There is no organization "${orgId}" at ${api.endpoint}${typeof made === "string" ? `, but this object was made at ${made}` : ""}. Nothing was changed. ` +
        "Check the provider's endpoint and org_id. If the organization is really gone, take the object out of the state with `terraform state rm`.",
    );
  }
  const { rows, time, timeIsServers } = await api.listApiKeys(orgId);
  return { rows: new Map(rows.map((row) => [row.apiKeyId, row])), now: time, nowIsServerTime: timeIsServers };
}

/** Before a write: the organization exists. A key minted into a missing one would be an orphan that no call shows. */
export async function requireOrganization(api: IntegrationApi, orgId: string): Promise<void> {
  if (await api.organizationExists(orgId)) return;
  throw new DiagnosticError(
    "Organization not found",
    `There is no organization "${orgId}" at ${api.endpoint}. Nothing was sent to it. Create it first, e.g. with a pangolin_org and a reference to it, or correct org_id.`,
    [{ kind: "attribute", name: "org_id" }],
  );
}

/** The server deletes and changes any key by its id, whatever the path says; so what is ours is proven here. */
export function refuseKeyInUse(api: IntegrationApi, keyId: string, act: string): void {
  if (api.keyId !== keyId) return;
  throw new DiagnosticError(
    "API key in use",
    `${keyId} is the key that the provider itself is logged in with, so it will not ${act} it. Configure the provider with another key.`,
  );
}
