import { isWhollyKnown, type Unknown, unknown } from "../bridge/sdk.js";
import { effective, sameSet } from "./key-permissions.js";

type Names = readonly (string | Unknown)[] | null | Unknown;

interface Prior {
  readonly previous_key_id: string | null;
  readonly permissions: readonly string[] | null;
  readonly previous_permissions: readonly string[] | null;
}

interface Planned {
  readonly previous_key_id: string | null | Unknown;
  readonly permissions: Names;
  previous_permissions: (string | Unknown)[] | null | Unknown;
}

/**
 * Plans the permissions of the previous key: a change is written to it too, and permissions beyond the configured set
 * are revoked. Other differences are left alone.
 */
export function planPreviousPermissions(prior: Prior | null, planned: Planned): void {
  const { previous_key_id: previous, permissions } = planned;
  if (previous === null || permissions === null) planned.previous_permissions = null;
  else if (previous === unknown || !prior || previous !== prior.previous_key_id || !isWhollyKnown(permissions))
    planned.previous_permissions = unknown;
  else planned.previous_permissions = planKnown(prior, permissions as readonly string[]);
}

function planKnown({ permissions: before, previous_permissions: held }: Prior, permissions: readonly string[]): string[] | null | Unknown {
  if (before === null) return unknown;
  if (held === null) return null;
  return sameSet(before, permissions) && !exceeds(held, permissions) ? [...held] : [...permissions];
}

/**
 * Target permissions of the previous key: what was planned, or else at most the granted permissions, plus those of them that
 * another owner has revoked in this apply (`withdrawn`).
 */
export const previousHolds = (
  held: readonly string[],
  permissions: readonly string[],
  planned: unknown,
  withdrawn: readonly string[],
): readonly string[] => {
  if (Array.isArray(planned)) return planned as string[];
  return exceeds(held, permissions) ? permissions : [...held, ...withdrawn];
};

const exceeds = (held: readonly string[], permissions: readonly string[]): boolean =>
  effective(held).some((name) => !permissions.includes(name));
