import type { IResolvable, TerraformMetaArguments } from "cdktf";
import type { IConstruct } from "constructs";
import type { Duration } from "../duration";
import type { PermissionName } from "../generated/permissions";
import type { IOrganization } from "../organization";
import type { PermissionGrants } from "../permission-grants";

/** An API key of an organization. */
export interface IApiKey extends IConstruct {
  /** The organization that the key belongs to. */
  readonly orgId: string;
  /** Id of the current key. */
  readonly keyId: string;
  /** What the key may do. */
  readonly grants: PermissionGrants;
}

/** Arguments of an API key beside its organization. Terraform's meta-arguments (`lifecycle`, `forEach` ...) are for its resource. */
export interface ApiKeyOptions extends TerraformMetaArguments {
  /**
   * Display name, 1 to 255 characters. Changing it mints a new key.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Permissions to begin with; more can be granted with `grants`.
   *
   * A list that only Terraform knows is taken too: `variable.value`, what `Fn` gives, or `variable.listValue as PermissionName[]`.
   * An empty list is refused, as the server has no empty set.
   * @default - none are managed, until something is granted
   */
  readonly permissions?: readonly PermissionName[] | IResolvable;
  /**
   * Age at which the key is due for rotation. The first deployment after that mints a successor.
   * @default - it is not rotated by age
   */
  readonly rotateAfter?: Duration;
  /**
   * How long the previous key stays valid after a rotation. It must be shorter than `rotateAfter`.
   * @default - 72 hours
   */
  readonly gracePeriod?: Duration;
  /**
   * A changed value rotates the key.
   * @default - none
   */
  readonly rotationTriggers?: Readonly<Record<string, string>>;
}

/** Arguments of an API key. */
export interface ApiKeyProps extends ApiKeyOptions {
  /** The organization that the key belongs to. */
  readonly organization: IOrganization;
}

/**
 * An API key that this app does not manage. Terraform's meta-arguments are for the resource that grants it permissions; `provider`,
 * `dependsOn`, `forEach` and `count` are for the look-up by name too.
 */
export interface ApiKeyIdAttributes extends TerraformMetaArguments {
  /** The organization that the key belongs to. */
  readonly organization: IOrganization;
  /** Id of the key: the part of its token before the dot. */
  readonly keyId: string;
  /**
   * Id of the key that it took the place of and that is still valid, such as `previousKeyId` of a managed key. What a grant takes away
   * is taken from that key too.
   * @default - only the key itself is looked at
   */
  readonly previousKeyId?: string;
}

/** An API key that this app does not manage, by its name. The meta-arguments are as with its id. */
export interface ApiKeyNameAttributes extends TerraformMetaArguments {
  /** The organization that the key belongs to. */
  readonly organization: IOrganization;
  /** Display name. Of several keys of that name, such as those of a rotation, the newest is taken. */
  readonly name: string;
}
