import { at, DiagnosticError } from "../bridge/sdk.js";

/** Resource types that manage permissions of a key. */
export type PermissionOwner = "pangolin_api_key" | "pangolin_api_key_permissions" | "pangolin_api_key_grant";

/** Permissions that one resource instance manages. */
export interface Claim {
  /** Identifies the instance. */
  readonly instance: string;
  readonly owner: PermissionOwner;
  readonly keyId: string;
  /** Known permissions. */
  readonly permissions: readonly string[];
  /** Older generations of the key, which keep these permissions during their grace period. */
  readonly generations?: readonly (string | null)[];
}

/** Registry of the owners of permissions in this process. A key may have any number of grants with distinct permissions. */
export class PermissionOwners {
  readonly #claims = new Map<string, Claim>();
  readonly #withdrawn = new Map<string, Set<string>>();
  readonly #left = new Map<string, readonly string[]>();

  /** Replaces the instance's earlier claim. Throws if it conflicts with another owner. */
  claim(claim: Claim): void {
    for (const other of this.#claims.values())
      if (other.instance !== claim.instance && other.keyId === claim.keyId) refuseSecondOwner(other, claim);
    this.#claims.set(claim.instance, claim);
  }

  release(instance: string): void {
    this.#claims.delete(instance);
  }

  recordWithdrawal(keyId: string, permission: string): void {
    this.#withdrawn.set(keyId, (this.#withdrawn.get(keyId) ?? new Set()).add(permission));
  }

  /** An owner of all of a key's permissions has left in this process, and these are still on the key. */
  leave(keyId: string, permissions: readonly string[]): void {
    this.#left.set(keyId, permissions);
  }

  /** What an owner has left on the key in this process. An owner that comes in the same apply says what is on the key from then on. */
  leftOn(keyId: string): readonly string[] {
    return this.#left.get(keyId) ?? [];
  }

  /**
   * Which of these permissions an owner has revoked from the key in this process. If they move to another owner in one apply, that
   * owner grants them again to a key in its grace period, whose consumers would be refused otherwise.
   */
  withdrawnOf(keyId: string, permissions: readonly string[]): readonly string[] {
    return permissions.filter((permission) => this.#withdrawn.get(keyId)?.has(permission));
  }

  /** Whether another instance grants a permission to a key or an older generation of it, so that it must not be revoked. */
  givenByOthers(instance: string, keyId: string, permission: string): boolean {
    return [...this.#claims.values()].some(
      (other) =>
        other.instance !== instance &&
        (other.keyId === keyId || other.generations?.includes(keyId)) &&
        (isAuthoritative(other) || other.permissions.includes(permission)),
    );
  }
}

const isAuthoritative = ({ owner }: Claim): boolean => owner !== "pangolin_api_key_grant";

function refuseSecondOwner(one: Claim, other: Claim): void {
  if (isAuthoritative(one) || isAuthoritative(other))
    throw new DiagnosticError(
      "Permissions have two owners",
      `The permissions of API key ${one.keyId} are set by ${describe(one)} and by ${describe(other)}. Each would revoke what the other grants, on every apply. ` +
        "Keep one: the argument permissions of the key itself, one pangolin_api_key_permissions, or any number of pangolin_api_key_grant.",
      at("permissions"),
    );
  const both = one.permissions.filter((permission) => other.permissions.includes(permission));
  if (both.length > 0)
    throw new DiagnosticError(
      "Permissions have two owners",
      `Two pangolin_api_key_grant give ${both.sort().join(", ")} to the API key ${one.keyId}. Removing one of them would revoke what the other grants. ` +
        "Put each permission into one grant only.",
      at("permissions"),
    );
}

const describe = ({ owner }: Claim): string =>
  owner === "pangolin_api_key" ? "the argument permissions of its pangolin_api_key" : `a ${owner}`;
