import { Lazy, TerraformOutput, Token } from "cdktf";
import { Construct } from "constructs";
import { ApiKey as ApiKeyResource } from "./generated/api-key";
import type { PermissionName } from "./generated/permissions";
import type { IOrganization } from "./organization";
import { PermissionGrants } from "./permission-grants";

export interface ApiKeyProps {
  /** The organization that the key belongs to. */
  readonly organization: IOrganization;
  /**
   * Display name, 1 to 255 characters. Changing it mints a new key.
   * @default - the construct's id
   */
  readonly name?: string;
  /**
   * Permissions to begin with; more can be granted with `grants`.
   * @default - none are managed, until something is granted
   */
  readonly permissions?: PermissionName[];
  /**
   * Age at which the key is due for rotation, such as `90d`.
   * @default - it is not rotated by age
   */
  readonly rotateAfter?: string;
  /**
   * How long the previous key stays valid after a rotation, such as `72h`.
   * @default 72h
   */
  readonly gracePeriod?: string;
  /**
   * A changed value rotates the key.
   * @default - none
   */
  readonly rotationTriggers?: Record<string, string>;
}

const MAX_NAME_LENGTH = 255;

/** An API key of an organization, with its permissions. Its secret is in the state. */
export class ApiKey extends Construct {
  /** The Terraform resource, to reach what this construct has no argument for. */
  readonly resource: ApiKeyResource;
  /** What the key may do. */
  readonly grants: PermissionGrants;

  constructor(scope: Construct, id: string, props: ApiKeyProps) {
    super(scope, id);
    const name = props.name ?? id;
    if (!Token.isUnresolved(name) && (name.length === 0 || name.length > MAX_NAME_LENGTH))
      throw new Error(`${this.node.path}: the name of an API key has 1 to ${MAX_NAME_LENGTH} characters, and this one has ${name.length}`);
    this.grants = new PermissionGrants(this);
    if (props.permissions) this.grants.permissions(...props.permissions);
    this.resource = new ApiKeyResource(this, "Resource", {
      orgId: props.organization.orgId,
      name,
      permissions: Lazy.listValue({ produce: () => this.grants.toList() }),
      rotateAfter: props.rotateAfter,
      gracePeriod: props.gracePeriod,
      rotationTriggers: props.rotationTriggers,
    });
    this.node.defaultChild = this.resource;
  }

  /** Id of the current key. */
  get keyId(): string {
    return this.resource.keyId;
  }

  /** `keyId.secret`, ready for `Authorization: Bearer`. Sensitive. */
  get token(): string {
    return this.resource.token;
  }

  /**
   * Puts the token into a sensitive output of the stack. An imported key has no token until it is rotated; the output is an
   * empty text then, since `cdktf deploy` fails on an output that is null.
   */
  addTokenOutput(id = "token"): TerraformOutput {
    return new TerraformOutput(this, id, {
      value: `\${${this.resource.fqn}.token == null ? "" : ${this.resource.fqn}.token}`,
      sensitive: true,
      description: `Token of the API key ${this.node.path}`,
    });
  }
}
