import { DiagnosticError, type PrivateState } from "../../bridge/sdk.js";
import type { ApiKeyRow, IntegrationApi } from "../../integration-api/index.js";
import { organizationIsGone } from "../organization.js";

export interface KeysOfOrganization {
  readonly rows: ReadonlyMap<string, ApiKeyRow>;
  /** The server's time of the listing, in milliseconds. */
  readonly now: number;
  readonly nowIsServerTime: boolean;
}

/**
 * All keys of an organization, or null where the organization, and so every key in it, is proven to be gone.
 * The server answers a listing of an organization that does not exist with 200 and an empty list, so the organization is looked up first.
 */
export async function keysOf(api: IntegrationApi, orgId: string, privateState: PrivateState): Promise<KeysOfOrganization | null> {
  if (await organizationIsGone(api, orgId, privateState)) return null;
  const { rows, time, timeIsServers } = await api.listApiKeys(orgId);
  return { rows: new Map(rows.map((row) => [row.apiKeyId, row])), now: time, nowIsServerTime: timeIsServers };
}

/** The server deletes and changes any key by its id, whatever the path says; so what is ours is proven here. */
export function refuseKeyInUse(api: IntegrationApi, keyId: string, act: string): void {
  if (api.keyId !== keyId) return;
  throw new DiagnosticError(
    "API key in use",
    `${keyId} is the key that the provider itself is logged in with, so it will not ${act} it. Configure the provider with another key.`,
  );
}
