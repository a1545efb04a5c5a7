import type { IResolvable, TerraformMetaArguments } from "cdktf";
import type { IConstruct } from "constructs";
import type { Duration } from "../duration";
import type { PermissionName } from "../generated/permissions";
import type { IOrganization } from "../organization";
import type { PermissionGrants } from "../permission-grants";

/** An API key of an organization. */
export interface IApiKey extends IConstruct {
  /** Organization of the key. */
  readonly orgId: string;
  /** Id of the current key. */
  readonly keyId: string;
  /** Permissions of the key. */
  readonly grants: PermissionGrants;
}

/** Arguments of an API key besides its organization. Terraform's meta-arguments (`lifecycle`, `forEach` ...) apply to its resource. */
export interface ApiKeyOptions extends TerraformMetaArguments {
  /**
   * Display name, 1 to 255 characters. Changing it creates a new key.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Permissions to begin with; more can be granted with `grants`.
   *
   * Tokens are accepted too: `variable.value`, results of `Fn`, or `variable.listValue as PermissionName[]`.
   * An empty list is refused, since the server does not accept an empty set.
   * @default - none are managed, until something is granted
   */
  readonly permissions?: readonly PermissionName[] | IResolvable;
  /**
   * Age at which the key is due for rotation. The first deployment after that creates a successor.
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
  /** Organization of the key. */
  readonly organization: IOrganization;
}

/**
 * An API key that this app does not manage. Terraform's meta-arguments are for the resource that grants it permissions; `provider`,
 * `dependsOn`, `forEach` and `count` are for the look-up by name too.
 */
export interface ApiKeyIdAttributes extends TerraformMetaArguments {
  /** Organization of the key. */
  readonly organization: IOrganization;
  /** Id of the key: the part of its token before the dot. */
  readonly keyId: string;
  /**
   * Id of the previous key during its grace period, such as `previousKeyId` of a managed key. What a grant revokes
   * is revoked from that key too.
   * @default - only the key itself is looked at
   */
  readonly previousKeyId?: string;
}

/** An API key that this app does not manage, by its name. The meta-arguments are as with its id. */
export interface ApiKeyNameAttributes extends TerraformMetaArguments {
  /** Organization of the key. */
  readonly organization: IOrganization;
  /** Display name. If several keys have it, as during a rotation, the newest is used. */
  readonly name: string;
}
