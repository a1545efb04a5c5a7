import type { Diagnostics } from "../bridge/sdk.js";
import type { IntegrationApi } from "../integration-api/index.js";

/** A permission that an organization's key cannot use: every call that it guards wants a root key. */
const HARMLESS = "checkOrgId";

/** Writes what is left of a key's permissions. The server refuses an empty set, so where nothing is left a harmless one stays. */
export async function writeRemaining(
  api: IntegrationApi,
  orgId: string,
  keyId: string,
  remaining: readonly string[],
  diagnostics: Diagnostics,
): Promise<void> {
  await api.setApiKeyActions(orgId, keyId, remaining.length > 0 ? remaining : [HARMLESS]);
  if (remaining.length === 0)
    diagnostics.warning(
      "One permission is left on the API key",
      `The server cannot take the last permission from a key, so ${keyId} keeps ${HARMLESS}, which has no effect on an organization's key.`,
    );
}
