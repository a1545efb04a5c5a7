import type { Diagnostics } from "../bridge/sdk.js";
import { type IntegrationApi, isAmbiguous } from "../integration-api/index.js";

/** A permission without effect on an organization key: every call that it guards needs a root key. */
const WITHOUT_EFFECT = "checkOrgId";

/** A key of an organization. */
export interface KeyOfOrganization {
  readonly orgId: string;
  readonly keyId: string;
}

/** Replaces a key's permissions. If the response is lost, they are read to decide whether it took effect. */
export async function writePermissions(api: IntegrationApi, { orgId, keyId }: KeyOfOrganization, names: readonly string[]): Promise<void> {
  try {
    await api.setApiKeyActions(orgId, keyId, names);
  } catch (error) {
    if (!isAmbiguous(error)) throw error;
    const held = await api.listApiKeyActions(orgId, keyId, { fresh: true }).catch(() => undefined);
    if (!sameSet(held, names)) throw error;
  }
}

/**
 * Changes a key's permissions based on its current ones. Within a process, changes of a key run one after another, since each reads what the
 * other has written. The server refuses an empty set: instead of the last permission, one without effect remains, until
 * another one is granted.
 */
export function changePermissions(
  api: IntegrationApi,
  key: KeyOfOrganization,
  change: (held: readonly string[]) => readonly string[],
  diagnostics?: Diagnostics,
): Promise<void> {
  return inTurn(api, key.keyId, async () => {
    const held = await api.listApiKeyActions(key.orgId, key.keyId, { fresh: true });
    const wanted = [...new Set(change(effective(held)))];
    const written = wanted.length > 0 || held.length === 0 ? wanted : [WITHOUT_EFFECT];
    if (sameSet(held, written)) return;
    await writePermissions(api, key, written);
    if (wanted.length === 0)
      diagnostics?.warning(
        "One permission is left on the API key",
        `The server cannot revoke the last permission of a key, so ${key.keyId} keeps ${WITHOUT_EFFECT}, which has no effect on an organization key.`,
      );
  });
}

/** Permissions of a key, without the one that stands for an empty set. */
export const effective = (held: readonly string[]): readonly string[] => (sameSet(held, [WITHOUT_EFFECT]) ? [] : held);

/** Serialises work on a key's permissions within this process. */
export const inTurn = <T>(api: IntegrationApi, keyId: string, work: () => Promise<T>): Promise<T> =>
  api.exclusively(`permissions ${keyId}`, work);

export const sameSet = (a: readonly string[] | null | undefined, b: readonly string[] | null | undefined): boolean =>
  a != null && b != null && new Set(a).size === new Set(b).size && a.every((name) => b.includes(name));
