import { DiagnosticError, type PrivateState } from "../bridge/sdk.js";
import type { IntegrationApi } from "../integration-api/index.js";
import { keysOf } from "./api-key/presence.js";
import { requireOrganization } from "./organization.js";

/**
 * Proves that a key is one of the organization's before its permissions are written: the server would change any key by its id,
 * a root key and the one in use included.
 */
export async function requireKeyOf(api: IntegrationApi, orgId: string, keyId: string): Promise<void> {
  await requireOrganization(api, orgId);
  const { rows } = await api.listApiKeys(orgId);
  if (rows.some((row) => row.apiKeyId === keyId)) return;
  throw new DiagnosticError(
    "API key not found",
    `The organization "${orgId}" has no API key ${keyId}. Root keys and keys of other organizations are not touched. Correct key_id, or take it from the key's resource.`,
    [{ kind: "attribute", name: "key_id" }],
  );
}

/** Whether the key is proven to be gone, with its organization or by itself. */
export async function isGone(api: IntegrationApi, orgId: string, keyId: string, privateState: PrivateState): Promise<boolean> {
  const keys = await keysOf(api, orgId, privateState);
  return !keys?.rows.has(keyId);
}
