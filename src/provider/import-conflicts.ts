import { at, DiagnosticError } from "../bridge/sdk.js";

/**
 * Keys that this walk imports, and keys that it plans to destroy. Terraform does not compare objects across addresses: a key that is
 * imported at one address and removed from the configuration at another would be deleted by the same plan.
 * The two come in any order, so whichever is second is refused.
 */
export class ImportConflicts {
  readonly #imported = new Set<string>();
  readonly #destroyed = new Set<string>();

  imports(keyId: string): void {
    this.#imported.add(keyId);
    if (this.#destroyed.has(keyId)) throw importedAndDestroyed(keyId);
  }

  destroys(...keyIds: readonly (string | null)[]): void {
    for (const keyId of keyIds) {
      if (keyId === null) continue;
      this.#destroyed.add(keyId);
      if (this.#imported.has(keyId)) throw importedAndDestroyed(keyId);
    }
  }

  /** A replacement destroys what was just imported. Terraform itself only warns. */
  replaces(keyId: string | null): void {
    if (keyId === null || !this.#imported.has(keyId)) return;
    throw new DiagnosticError(
      "Imported API key would be deleted",
      `The API key ${keyId} is imported by this plan, but org_id is another organization's or not known yet, so the key would be replaced. ` +
        "Nothing was changed. Give the organization's id as it is, or the org_id of its pangolin_org.",
      at("org_id"),
    );
  }
}

const importedAndDestroyed = (keyId: string): DiagnosticError =>
  new DiagnosticError(
    "Imported API key would be deleted",
    `The API key ${keyId} is imported at one address and destroyed at another by the same plan, so it would be deleted on the server. Nothing was changed. ` +
      "Where the resource has a new address, write a moved block in the place of the import block. To import it again elsewhere, let go of the former address with a removed block " +
      "(`lifecycle { destroy = false }`) or `terraform state rm`.",
  );
