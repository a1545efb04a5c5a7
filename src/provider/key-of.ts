import { at, DiagnosticError } from "../bridge/sdk.js";
import type { ApiKeyListing, ApiKeyRow, IntegrationApi } from "../integration-api/index.js";
import { requireOrganization } from "./organization.js";

/** Proves that a key is one of the organization's before its permissions are read or written: the server would change any key by its id, a root key and the one in use included. */
export async function requireKeyOf(api: IntegrationApi, orgId: string, keyId: string): Promise<ApiKeyListing> {
  await requireOrganization(api, orgId);
  if (await findKey(api, orgId, keyId)) return api.listApiKeys(orgId);
  throw new DiagnosticError(
    "API key not found",
    `The organization "${orgId}" has no API key ${keyId}. Root keys and keys of other organizations are never changed. Correct key_id, or refer to the key's resource.`,
    at("key_id"),
  );
}

/** A key that is not listed may have been made since, by another alias or a `local-exec`, so the listing is taken again before it counts as missing. */
export async function findKey(api: IntegrationApi, orgId: string, keyId: string): Promise<ApiKeyRow | undefined> {
  const known = (await api.listApiKeys(orgId)).rows.get(keyId);
  return known ?? (await api.listApiKeys(orgId, { fresh: true })).rows.get(keyId);
}
