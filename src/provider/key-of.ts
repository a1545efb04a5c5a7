import { at, DiagnosticError } from "../bridge/sdk.js";
import type { ApiKeyListing, ApiKeyRow, IntegrationApi } from "../integration-api/index.js";
import { requireOrganization } from "./organization.js";

/** Checks that a key belongs to the organization before its permissions are read or written: the server changes any key by its id, including root keys and the key in use. */
export async function requireKeyOf(api: IntegrationApi, orgId: string, keyId: string): Promise<ApiKeyListing> {
  await requireOrganization(api, orgId);
  if (await findKey(api, orgId, keyId)) return api.listApiKeys(orgId);
  throw new DiagnosticError(
    "API key not found",
    `The organization "${orgId}" has no API key ${keyId}. Root keys and keys of other organizations are never changed. Correct key_id, or refer to the key's resource.`,
    at("key_id"),
  );
}

/** An unlisted key may have been created since by another alias or a `local-exec`, so it is listed again before it counts as missing. */
export async function findKey(api: IntegrationApi, orgId: string, keyId: string): Promise<ApiKeyRow | undefined> {
  const known = (await api.listApiKeys(orgId)).rows.get(keyId);
  return known ?? (await api.listApiKeys(orgId, { fresh: true })).rows.get(keyId);
}
