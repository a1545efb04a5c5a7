import { Annotations, type TerraformResource, type TerraformResourceLifecycle, Token } from "cdktf";
import type { Construct, IConstruct } from "constructs";

/** What is imported by which construct, of each app. */
const importedIn = new WeakMap<IConstruct, Map<string, string>>();

/** Refuses what would end in the deletion of the key, or what Terraform would refuse without saying why. */
export function requireImportable(apiKey: Construct, resource: TerraformResource, keyId: string, importId: string): void {
  const { path } = apiKey.node;
  if (!Token.isUnresolved(keyId) && !/^[^./\s]+$/.test(keyId))
    throw new Error(
      `${path}: importFrom expects the id of the key only: the part of its token before the dot, without organization or secret`,
    );
  if (resource.forEach !== undefined || resource.count !== undefined)
    throw new Error(`${path}: Terraform imports into one instance, so a key with forEach or count cannot be imported`);
  const imported = importedIn.get(apiKey.node.root) ?? new Map<string, string>();
  importedIn.set(apiKey.node.root, imported);
  const other = imported.get(importId);
  if (other !== undefined && other !== path)
    throw new Error(`${path}: the key ${keyId} is imported by ${other} already. Whichever is destroyed first would delete it for both.`);
  imported.set(importId, path);
}

/**
 * While `importFrom` is there, no plan replaces or destroys the key, and a name that differs from the real one mints no successor
 * (whose grace period would end with the deletion of the imported key).
 */
export function protectImported(lifecycle: TerraformResourceLifecycle = {}): TerraformResourceLifecycle {
  const { ignoreChanges = [] } = lifecycle;
  return {
    preventDestroy: true,
    ...lifecycle,
    ignoreChanges: ignoreChanges === "all" ? ignoreChanges : [...new Set([...ignoreChanges, "name"])],
  };
}

export function tellOfImport(apiKey: Construct, keyId: string): void {
  Annotations.of(apiKey).addWarning(
    `The token of the imported API key ${keyId} is empty until the key is rotated, since the server revealed its secret only when it was created. ` +
      "Its name stays as it is, and no plan destroys it, for as long as importFrom is called.",
  );
}
