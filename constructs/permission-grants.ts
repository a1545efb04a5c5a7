import { Annotations, type TerraformResource, Token } from "cdktf";
import type { Construct } from "constructs";
import { PERMISSIONS, type PermissionName } from "./generated/permissions";
import { PermissionGrant } from "./permission-grant";

/** The kinds of thing that permissions are about. */
export type PermissionCategory = (typeof PERMISSIONS)[PermissionName]["category"];

/** How the names of permissions that only read begin. */
const READING = /^(get|list|query|view|export)/;

/** What an API key may do: collected while the app is built, and written as one sorted set. */
export class PermissionGrants {
  private readonly granted = new Set<string>();
  /** Granted as names of the catalogue, so they are held against it. */
  private readonly named = new Set<string>();

  constructor(
    private readonly apiKey: Construct,
    /** The resource that writes the set; asked for when the first permission is granted. */
    private readonly writtenBy: () => TerraformResource,
  ) {
    apiKey.node.addValidation({ validate: () => this.unknownNames() });
  }

  /** Grants permissions by name. */
  permissions(...names: PermissionName[]): PermissionGrant {
    return this.add(names);
  }

  /** Grants names that this version does not know, for a newer server; the provider needs `allowUnknownPermissions`. */
  unknownPermissions(...names: string[]): PermissionGrant {
    for (const name of names) this.granted.add(name);
    return this.grantOf(names);
  }

  /** Grants what only reads: everything, or things of these categories. Permissions that only root keys can use are left out. */
  read(...categories: PermissionCategory[]): PermissionGrant {
    return this.add(namesOf(categories).filter((name) => READING.test(name)));
  }

  /** Grants everything about things of these categories. Permissions that only root keys can use are left out. */
  all(...categories: PermissionCategory[]): PermissionGrant {
    return this.add(namesOf(categories));
  }

  /** Sorted; undefined where nothing was granted, so that the permissions are not managed. */
  toList(): string[] | undefined {
    return this.granted.size === 0 ? undefined : [...this.granted].sort();
  }

  private add(names: readonly PermissionName[]): PermissionGrant {
    for (const name of names) {
      if (!Token.isUnresolved(name) && PERMISSIONS[name]?.rootOnly && !this.granted.has(name))
        Annotations.of(this.apiKey).addWarning(
          `The permission ${name} has no effect on an organization's API key: its calls want a root key.`,
        );
      this.granted.add(name);
      this.named.add(name);
    }
    return this.grantOf(names);
  }

  private grantOf(names: readonly string[]): PermissionGrant {
    const resource = this.writtenBy();
    return new PermissionGrant(() => [resource], [...new Set(names)].sort());
  }

  private unknownNames(): string[] {
    return [...this.named]
      .filter((name) => !Token.isUnresolved(name) && !Object.hasOwn(PERMISSIONS, name))
      .map((name) => `There is no permission "${name}". Correct it, or grant it with unknownPermissions() if a newer server knows it.`);
  }
}

const namesOf = (categories: readonly PermissionCategory[]): PermissionName[] =>
  (Object.keys(PERMISSIONS) as PermissionName[]).filter(
    (name) => !PERMISSIONS[name].rootOnly && (categories.length === 0 || categories.includes(PERMISSIONS[name].category)),
  );
