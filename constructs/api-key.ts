import { Annotations, DefaultTokenResolver, Lazy, StringConcat, TerraformOutput, TerraformStack, Token, Tokenization } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import type { Duration } from "./duration";
import { ApiKey as ApiKeyResource } from "./generated/api-key";
import { ApiKeyGrant } from "./generated/api-key-grant";
import { ApiKeyPermissions } from "./generated/api-key-permissions";
import { DataPangolinApiKey } from "./generated/data-pangolin-api-key";
import type { PermissionName } from "./generated/permissions";
import type { IOrganization } from "./organization";
import { PermissionGrants } from "./permission-grants";

/** An API key of an organization. */
export interface IApiKey extends IConstruct {
  /** The organization that the key belongs to. */
  readonly orgId: string;
  /** Id of the current key. */
  readonly keyId: string;
  /** What the key may do. */
  readonly grants: PermissionGrants;
}

export interface ApiKeyOptions {
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
  readonly rotationTriggers?: Record<string, string>;
}

export interface ApiKeyProps extends ApiKeyOptions {
  /** The organization that the key belongs to. */
  readonly organization: IOrganization;
}

export interface ApiKeyIdAttributes {
  readonly organization: IOrganization;
  /** Id of the key: the part of its token before the dot. */
  readonly keyId: string;
}

export interface ApiKeyNameAttributes {
  readonly organization: IOrganization;
  /** Display name, which no other key of the organization may bear. */
  readonly name: string;
}

const MAX_NAME_LENGTH = 255;
const DEFAULT_GRACE_SECONDS = 72 * 3_600;

/** A key that this app does not own: what is granted is added to what it holds, by a resource of its own. */
class ImportedApiKey extends Construct implements IApiKey {
  readonly grants: PermissionGrants;
  private grant?: ApiKeyGrant;

  constructor(
    scope: Construct,
    id: string,
    readonly orgId: string,
    private readonly keyIdOf: (self: Construct) => string,
  ) {
    super(scope, id);
    this.keyId = this.keyIdOf(this);
    this.grants = new PermissionGrants(this, () => this.grantResource());
  }

  readonly keyId: string;

  private grantResource(): ApiKeyGrant {
    this.grant ??= new ApiKeyGrant(this, "Grant", {
      orgId: this.orgId,
      keyId: this.keyId,
      permissions: Lazy.listValue({ produce: () => this.grants.toList() }),
    });
    return this.grant;
  }
}

/** An API key of an organization, with its permissions. Its secret is in the state. */
export class ApiKey extends Construct implements IApiKey {
  /** Refers to a key that this app does not manage, by its id. */
  static fromApiKeyId(scope: Construct, id: string, { organization, keyId }: ApiKeyIdAttributes): IApiKey {
    return new ImportedApiKey(scope, id, organization.orgId, () => keyId);
  }

  /** Refers to a key that this app does not manage, by its name, which is looked up when Terraform plans. */
  static fromApiKeyName(scope: Construct, id: string, { organization, name }: ApiKeyNameAttributes): IApiKey {
    const { orgId } = organization;
    return new ImportedApiKey(scope, id, orgId, (self) => new DataPangolinApiKey(self, "Lookup", { orgId, name }).keyId);
  }

  /** The Terraform resource, to reach what this construct has no argument for. */
  readonly resource: ApiKeyResource;
  readonly grants: PermissionGrants;

  constructor(scope: Construct, id: string, props: ApiKeyProps) {
    super(scope, id);
    const name = props.name ?? id;
    this.requireName(name);
    this.requireSchedule(props);
    this.resource = new ApiKeyResource(this, "Resource", {
      orgId: props.organization.orgId,
      name,
      permissions: Lazy.listValue({ produce: () => this.grants.toList() }),
      rotateAfter: props.rotateAfter?.toString(),
      gracePeriod: props.gracePeriod?.toString(),
      rotationTriggers: props.rotationTriggers,
    });
    this.node.defaultChild = this.resource;
    this.grants = new PermissionGrants(this, () => this.resource);
    if (props.permissions) this.grants.permissions(...props.permissions);
    this.node.addValidation({ validate: () => [...this.secondOwners(), ...this.warnOfOtherStacks()] });
  }

  get orgId(): string {
    return this.resource.orgId;
  }

  get keyId(): string {
    return this.resource.keyId;
  }

  /** `keyId.secret`, ready for `Authorization: Bearer`. Sensitive. */
  get token(): string {
    return this.resource.token;
  }

  /** Id of the key in its grace period, or an empty text: an output that is null makes `cdktf deploy` fail. */
  get previousKeyId(): string {
    return this.textOf("previous_key_id");
  }

  /** When the key is due for rotation (RFC 3339, UTC), or an empty text where it has no schedule. */
  get rotateAt(): string {
    return this.textOf("rotate_at");
  }

  /**
   * Takes over a key that exists. The server told its secret when it was made, so `token` is empty until the key is rotated.
   */
  importFrom(keyId: string): void {
    this.resource.importFrom(`${this.resource.orgIdInput}/${keyId}`);
    Annotations.of(this).addWarning(
      `The token of the imported API key ${keyId} is empty until the key is rotated, since its secret was told when it was made.`,
    );
  }

  /**
   * Puts the token into a sensitive output of the stack. An imported key has no token until it is rotated; the output is an
   * empty text then, since `cdktf deploy` fails on an output that is null.
   */
  addTokenOutput(id = "token"): TerraformOutput {
    return new TerraformOutput(this, id, {
      value: this.textOf("token"),
      sensitive: true,
      description: `Token of the API key ${this.node.path}`,
    });
  }

  /** Puts what a pipeline watches into outputs: `key_id`, `previous_key_id` and `rotate_at`, each a text. */
  addRotationOutputs(): void {
    for (const attribute of ["key_id", "previous_key_id", "rotate_at"])
      new TerraformOutput(this, attribute, { value: this.textOf(attribute), description: `${attribute} of the API key ${this.node.path}` });
  }

  private textOf(attribute: string): string {
    const reference = `${this.resource.fqn}.${attribute}`;
    return `\${${reference} == null ? "" : ${reference}}`;
  }

  private requireName(name: string): void {
    if (!Token.isUnresolved(name) && (name.length === 0 || name.length > MAX_NAME_LENGTH))
      throw new Error(`${this.node.path}: the name of an API key has 1 to ${MAX_NAME_LENGTH} characters, and this one has ${name.length}`);
  }

  private requireSchedule({ rotateAfter, gracePeriod }: ApiKeyOptions): void {
    const grace = gracePeriod?.toSeconds() ?? DEFAULT_GRACE_SECONDS;
    if (rotateAfter && grace >= rotateAfter.toSeconds())
      throw new Error(
        `${this.node.path}: the grace period (${gracePeriod ?? "72h by default"}) must be shorter than rotateAfter (${rotateAfter}), or there would be more than two keys at a time`,
      );
  }

  /** The key's own set takes away what another resource gives, on every deployment. */
  private secondOwners(): string[] {
    if (this.grants.toList() === undefined) return [];
    const stack = TerraformStack.of(this);
    const resolved = (value: unknown) =>
      Tokenization.resolve(value, { scope: stack, resolver: new DefaultTokenResolver(new StringConcat()) });
    const own = resolved(this.keyId);
    return stack.node
      .findAll()
      .filter((child): child is ApiKeyGrant | ApiKeyPermissions => child instanceof ApiKeyGrant || child instanceof ApiKeyPermissions)
      .filter((child) => resolved(child.keyIdInput) === own)
      .map((child) => `The permissions of this API key are set here and by ${child.node.path}. Keep one of them.`);
  }

  /** A reference from another stack puts what it refers to into an output of this one, and into both states. */
  private warnOfOtherStacks(): string[] {
    const stack = TerraformStack.of(this);
    for (const child of stack.node.children)
      if (
        /^cross-stack-output-/.test(child.node.id) &&
        new RegExp(`${this.resource.friendlyUniqueId}.?(token|secret)$`).test(child.node.id)
      )
        Annotations.of(this).addWarning("Another stack refers to the secret of this API key, so it is stored in the states of both.");
    return [];
  }
}
