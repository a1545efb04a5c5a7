import type { PrivateState } from "../../bridge/sdk.js";

/** Set while state holds permissions that an import found and no configuration has declared yet. */
const UNMANAGED = "unmanaged_permissions";

export const keepsUnmanaged = (privateState: PrivateState): boolean => privateState.get(UNMANAGED) === true;

export const markUnmanaged = (privateState: PrivateState): void => privateState.set(UNMANAGED, true);

export const markManaged = (privateState: PrivateState): void => privateState.set(UNMANAGED, undefined);
