import type { UpdateContext } from "../../bridge/sdk.js";
import { instanceOf } from "../instance.js";
import { changePermissions, inTurn, writePermissions } from "../key-permissions.js";
import { previousHolds } from "../previous-permissions.js";
import type { Session } from "../session.js";
import type { ApiKeyShape } from "./schema.js";

type Context = Pick<UpdateContext<ApiKeyShape, Session>, "prior" | "provider" | "private">;

/** Grants the configured permissions to a key. No other resource may revoke them in this apply, neither from it nor from older generations. */
export async function givePermissions(
  { prior: { org_id: orgId }, provider: session, private: privateState }: Context,
  keyId: string | null,
  permissions: readonly string[],
  generations: readonly (string | null)[],
): Promise<void> {
  if (keyId === null) return;
  const api = session.requireApi();
  session.owners.claim({ instance: instanceOf(privateState), owner: "pangolin_api_key", keyId, permissions, generations });
  await inTurn(api, keyId, () => writePermissions(api, { orgId, keyId }, permissions));
}

/**
 * Copies the permissions of the predecessor to its successor. Nothing is revoked from the predecessor meanwhile; whoever revokes
 * something afterwards finds the successor.
 */
export async function copyPermissions(
  { prior: { org_id: orgId }, provider: session }: Context,
  predecessor: string,
  successor: string | null,
): Promise<void> {
  if (successor === null) return;
  const api = session.requireApi();
  await inTurn(api, predecessor, async () => {
    const held = await api.listApiKeyActions(orgId, predecessor, { fresh: true });
    if (held.length > 0) await writePermissions(api, { orgId, keyId: successor }, held);
    session.successions.record(predecessor, successor);
  });
}

/** Revokes from the previous key what is no longer configured. Returns its permissions, or the planned ones if it no longer exists. */
export async function narrowPrevious(
  { prior: { org_id: orgId }, provider: session }: Context,
  keyId: string,
  permissions: readonly string[],
  planned: unknown,
): Promise<string[] | null> {
  const api = session.requireApi();
  const key = { orgId, keyId };
  const isThere = async () => (await api.listApiKeys(orgId)).rows.has(keyId);
  if (await isThere())
    await changePermissions(api, key, (held) => previousHolds(held, permissions, planned, session.owners.withdrawnOf(keyId, permissions)));
  if (Array.isArray(planned)) return planned as string[];
  return (await isThere()) ? api.listApiKeyActions(orgId, keyId) : null;
}
