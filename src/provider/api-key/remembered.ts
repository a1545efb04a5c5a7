import type { PrivateState } from "../../bridge/sdk.js";

/**
 * What a key's resource knows beside its state. Only its own applies write it, but for {@link forgetDeleted}, which a read may do.
 */

/** Keys that have a successor and whose deletion the server has not confirmed yet. */
const SUPERSEDED = "superseded_key_ids";
/** The current key was minted, and giving it its permissions failed, so its predecessor's grace period has not begun. */
const AWAITS_PERMISSIONS = "awaits_permissions";
/** While superseded keys make a retirement due, whether the previous key's grace period is over as well. */
const PREVIOUS_IS_DUE = "previous_key_is_due";
/** State holds permissions that an import found and no configuration has declared yet. */
const UNMANAGED = "unmanaged_permissions";

export interface Remembered {
  readonly superseded: readonly string[];
  readonly awaitsPermissions: boolean;
  readonly previousIsDue: boolean;
}

export function remembered(privateState: PrivateState): Remembered {
  return {
    superseded: supersededOf(privateState),
    awaitsPermissions: privateState.get(AWAITS_PERMISSIONS) === true,
    previousIsDue: privateState.get(PREVIOUS_IS_DUE) === true,
  };
}

const supersededOf = (privateState: PrivateState): readonly string[] => {
  const ids = privateState.get(SUPERSEDED);
  return Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
};

export function markSuperseded(privateState: PrivateState, keyIds: readonly (string | null)[]): void {
  setSuperseded(privateState, [...supersededOf(privateState), ...keyIds.filter((keyId) => keyId !== null)]);
}

export function forgetDeleted(privateState: PrivateState, isDeleted: (keyId: string) => boolean): void {
  setSuperseded(
    privateState,
    supersededOf(privateState).filter((keyId) => !isDeleted(keyId)),
  );
}

const setSuperseded = (privateState: PrivateState, keyIds: readonly string[]): void =>
  privateState.set(SUPERSEDED, keyIds.length > 0 ? [...new Set(keyIds)].sort() : undefined);

const setFlag = (privateState: PrivateState, name: string, value: boolean): void => privateState.set(name, value || undefined);

export const setAwaitsPermissions = (privateState: PrivateState, value: boolean): void => setFlag(privateState, AWAITS_PERMISSIONS, value);

export const setPreviousIsDue = (privateState: PrivateState, value: boolean): void => setFlag(privateState, PREVIOUS_IS_DUE, value);

export const setUnmanaged = (privateState: PrivateState, value: boolean): void => setFlag(privateState, UNMANAGED, value);

export const isUnmanaged = (privateState: PrivateState): boolean => privateState.get(UNMANAGED) === true;
