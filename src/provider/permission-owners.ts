import { DiagnosticError } from "../bridge/sdk.js";

/** The kinds of resource that can say which permissions a key has. */
export type PermissionOwner = "pangolin_api_key" | "pangolin_api_key_permissions" | "pangolin_api_key_grant";

/**
 * Who owns the permissions of which key in this walk. Terraform does not tell a provider which instance it asks about,
 * so owners of one kind are told apart by what they want only. Any number of grants may share a key.
 */
export class PermissionOwners {
  readonly #claims = new Map<string, { readonly owner: PermissionOwner; readonly wants: string }>();

  /** Throws where a key's permissions have a second owner: each would take away what the other gives. */
  claim(owner: PermissionOwner, keyId: string, permissions: readonly string[]): void {
    const wants = owner === "pangolin_api_key_grant" ? "" : [...permissions].sort().join();
    const other = this.#claims.get(keyId);
    if (other && (other.owner !== owner || other.wants !== wants))
      throw new DiagnosticError(
        "Permissions have two owners",
        `The permissions of API key ${keyId} are set by ${describe(other.owner)} and by ${describe(owner)}. Each would take away what the other gives, on every apply. ` +
          "Keep one: the argument permissions of the key itself, one pangolin_api_key_permissions, or any number of pangolin_api_key_grant.",
      );
    this.#claims.set(keyId, { owner, wants });
  }
}

const describe = (owner: PermissionOwner): string =>
  owner === "pangolin_api_key" ? "the argument permissions of its pangolin_api_key" : `a ${owner}`;
