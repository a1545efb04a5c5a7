import { DiagnosticError, type ObjectContext } from "../../bridge/sdk.js";
import type { IntegrationApi } from "../../integration-api/index.js";
import type { Session } from "../session.js";
import { refuseKeyInUse } from "./presence.js";
import { forgetDeleted } from "./remembered.js";

/** Deletes all keys, even if one deletion fails. Returns the errors by key id. */
export async function deleteKeys(
  { provider: session, private: privateState }: Pick<ObjectContext<Session>, "provider" | "private">,
  orgId: string,
  keyIds: readonly (string | null)[],
): Promise<ReadonlyMap<string, unknown>> {
  const failures = new Map<string, unknown>();
  for (const keyId of new Set(keyIds)) {
    if (keyId === null) continue;
    try {
      await deleteKey(session.requireApi(), orgId, keyId);
      forgetDeleted(privateState, (deleted) => deleted === keyId);
    } catch (error) {
      failures.set(keyId, error);
    }
  }
  return failures;
}

/**
 * A key that its organization does not list no longer exists or belongs to another organization, so it is not deleted.
 * If the deletion fails, the listing decides whether the key still exists.
 */
async function deleteKey(api: IntegrationApi, orgId: string, keyId: string): Promise<void> {
  if (!(await api.listApiKeys(orgId)).rows.has(keyId)) return;
  refuseKeyInUse(api, keyId, "delete");
  try {
    await api.deleteApiKey(orgId, keyId);
  } catch (error) {
    const listing = await api.listApiKeys(orgId, { fresh: true }).catch(() => undefined);
    if (!listing || listing.rows.has(keyId)) throw error;
  }
}

/** Error for failed deletions. Their keys stay in the state, and the next apply tries again. */
export function throwFailures(failures: ReadonlyMap<string, unknown>): void {
  const [first, ...others] = failures;
  if (!first) return;
  if (others.length === 0) throw first[1];
  throw new DiagnosticError(
    "API keys not deleted",
    [...failures].map(([keyId, error]) => `${keyId}: ${error instanceof Error ? error.message : String(error)}`).join("\n") +
      "\n\nThe keys stay in the state, and the next apply tries again.",
  );
}
