import type { PrivateState } from "../../bridge/sdk.js";

/**
 * Private state of a key. Only its own applies write it, except for {@link forgetDeleted}, which a read may do.
 */

/** Superseded keys whose deletion the server has not confirmed yet. */
const SUPERSEDED = "superseded_key_ids";
/** The current key was created but could not be granted its permissions, so the grace period of its predecessor has not begun. */
const AWAITS_PERMISSIONS = "awaits_permissions";
/** If superseded keys make a retirement due: whether the previous key's grace period is over as well. */
const PREVIOUS_IS_DUE = "previous_key_is_due";
/** The state has permissions from an import that no configuration has declared yet. */
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
