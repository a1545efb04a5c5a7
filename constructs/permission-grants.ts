import { Annotations, Fn, type IResolvable, type TerraformResource, Token, Tokenization } from "cdktf";
import type { Construct } from "constructs";
import { PERMISSIONS, type PermissionName } from "./generated/permissions";
import { PermissionGrant } from "./permission-grant";

/** Categories of permissions, such as `site`. */
export type PermissionCategory = (typeof PERMISSIONS)[PermissionName]["category"];

/** Prefixes of read-only permissions. */
const READING = /^(get|list|query|view|export)/;

/**
 * Grants of an API key: collected while the app is built, and synthesized as one sorted set.
 *
 * Tokens can be granted too: a string, or a list such as `...variable.listValue`, which TypeScript sees as
 * plain strings (`variable.listValue as PermissionName[]`).
 */
export class PermissionGrants {
  private readonly granted = new Set<string>();
  /** What stands for names that only Terraform will know: one, or a list of them. */
  private readonly grantedByTerraform = new Set<string | IResolvable>();
  /** Granted as names of the catalogue, so they are held against it. */
  private readonly named = new Set<string>();

  /** Created by the API key, not by apps. */
  constructor(
    private readonly apiKey: Construct,
    /** The resource that writes the set; asked for when the first permission is granted. */
    private readonly writtenBy: () => TerraformResource,
  ) {
    apiKey.node.addValidation({ validate: () => this.unknownNames() });
  }

  /** Grants permissions by name. */
  permissions(...names: readonly (PermissionName | IResolvable)[]): PermissionGrant {
    return this.add(names);
  }

  /** Grants permissions of a newer server that this version does not know. The provider needs `allowUnknownPermissions`. */
  unknownPermissions(...names: readonly (string | IResolvable)[]): PermissionGrant {
    return this.collect(names);
  }

  /** Grants the read-only permissions of these categories, or of all. Permissions that only root keys can use are not included. */
  read(...categories: readonly PermissionCategory[]): PermissionGrant {
    const names = namesOf(categories).filter((name) => READING.test(name));
    if (names.length === 0) throw new Error(`${this.apiKey.node.path}: there is no read permission in ${categories.join(", ")}`);
    return this.add(names);
  }

  /** Grants all permissions of these categories, or of all. Permissions that only root keys can use are not included. */
  all(...categories: readonly PermissionCategory[]): PermissionGrant {
    const names = namesOf(categories);
    if (names.length === 0) throw new Error(`${this.apiKey.node.path}: all permissions of ${categories.join(", ")} need a root key`);
    return this.add(names);
  }

  /** Sorted names and tokens, or undefined if nothing was granted, so that the permissions are not managed. */
  toList(): string[] | undefined {
    const names = [...this.granted].sort();
    const tokens = [...this.grantedByTerraform].map((token) => (isListToken(token) ? [token] : token));
    const [first] = tokens;
    if (first === undefined) return names.length === 0 ? undefined : names;
    if (tokens.length === 1 && names.length === 0 && Array.isArray(first)) return first;
    return Token.asList(Fn.distinct(Fn.flatten([...(names.length > 0 ? [names] : []), ...tokens])));
  }

  private add(names: readonly (PermissionName | IResolvable)[]): PermissionGrant {
    for (const name of names) {
      if (isToken(name) || Tokenization.isResolvable(name)) continue;
      if (PERMISSIONS[name]?.rootOnly && !this.granted.has(name))
        Annotations.of(this.apiKey).addWarning(`The permission ${name} has no effect on an organization key: its calls need a root key.`);
      this.named.add(name);
    }
    return this.collect(names);
  }

  private collect(names: readonly (string | IResolvable)[]): PermissionGrant {
    if (names.length === 0)
      throw new Error(
        `${this.apiKey.node.path}: expected at least one permission: the server refuses an empty set. Omit the permissions to leave them unmanaged.`,
      );
    const known = names.filter((name): name is string => !isToken(name));
    for (const name of known) this.granted.add(name);
    for (const name of names) if (isToken(name)) this.grantedByTerraform.add(name);
    const resource = this.writtenBy();
    return new PermissionGrant(() => [resource], [...new Set(known)].sort());
  }

  private unknownNames(): string[] {
    return [...this.named]
      .filter((name) => !Object.hasOwn(PERMISSIONS, name))
      .map((name) => `There is no permission "${name}". Correct it, or grant it with unknownPermissions() if a newer server knows it.`);
  }
}

/** A list that only Terraform knows is one text with a mark, in an array; it can be told from one that stands for a single text. */
const isListToken = (value: unknown): value is string => typeof value === "string" && Token.isUnresolved([value]);

const isToken = (value: string | IResolvable): boolean => Token.isUnresolved(value) || isListToken(value);

function namesOf(categories: readonly PermissionCategory[]): PermissionName[] {
  const names = Object.keys(PERMISSIONS) as PermissionName[];
  return names.filter(
    (name) => !PERMISSIONS[name].rootOnly && (categories.length === 0 || categories.includes(PERMISSIONS[name].category)),
  );
}
