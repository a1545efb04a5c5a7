import { at, DiagnosticError } from "../bridge/sdk.js";

/** The kinds of resource that say which permissions a key has. */
export type PermissionOwner = "pangolin_api_key" | "pangolin_api_key_permissions" | "pangolin_api_key_grant";

/** What one instance of a resource says of a key's permissions. */
export interface Claim {
  /** Tells the instances apart. */
  readonly instance: string;
  readonly owner: PermissionOwner;
  readonly keyId: string;
  /** As far as they are known. */
  readonly permissions: readonly string[];
  /** Older generations of the key, which keep these permissions in their grace period. */
  readonly generations?: readonly (string | null)[];
}

/** Who owns which permissions of which key in this process. Any number of grants may share a key, if each gives something else. */
export class PermissionOwners {
  readonly #claims = new Map<string, Claim>();
  readonly #withdrawn = new Map<string, Set<string>>();
  readonly #left = new Map<string, readonly string[]>();

  /** Takes the place of what the instance claimed before. Throws where it would take away what another owner gives, or the other way round. */
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
   * Which of these permissions an owner has withdrawn from the key in this process. Where they move to another owner in one apply, that
   * one gives them back to a key in its grace period, whose holders would be refused otherwise.
   */
  withdrawnOf(keyId: string, permissions: readonly string[]): readonly string[] {
    return permissions.filter((permission) => this.#withdrawn.get(keyId)?.has(permission));
  }

  /** Whether another instance gives a permission to a key, or an older generation of it, so that it must not be withdrawn. */
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
