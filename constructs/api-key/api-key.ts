import { type ITerraformDependable, Lazy, TerraformOutput, Token, Tokenization } from "cdktf";
import { Construct } from "constructs";
import { attribute, textAttribute } from "../attribute-expression";
import { ApiKey as ApiKeyResource } from "../generated/api-key";
import type { PermissionName } from "../generated/permissions";
import { metaArguments } from "../meta-arguments";
import type { IOrganization } from "../organization";
import { orgIdFor, orgIdForImport } from "../organization-id";
import { PermissionGrants } from "../permission-grants";
import { checkPermissionOwners } from "../permission-owners";
import { requireSameCdktf } from "../same-cdktf";
import { ForgottenApiKey } from "./forgotten-api-key";
import { protectImported, requireImportable, tellOfImport } from "./import";
import { ImportedApiKey } from "./imported-api-key";
import type { ApiKeyIdAttributes, ApiKeyNameAttributes, ApiKeyOptions, ApiKeyProps, IApiKey } from "./props";

const MAX_NAME_LENGTH = 255;
const DEFAULT_GRACE_SECONDS = 72 * 3_600;

/**
 * An API key of an organization with its permissions. Its secret is stored in the state.
 *
 * With `forEach` or `count` there are several keys, and each property is an expression for all of them: a map or a list.
 */
export class ApiKey extends Construct implements IApiKey, ITerraformDependable {
  /** Refers to a key that this app does not manage, by its id. */
  static fromApiKeyId(scope: Construct, id: string, attributes: ApiKeyIdAttributes): IApiKey {
    return new ImportedApiKey(scope, id, attributes);
  }

  /** Refers to a key that this app does not manage, by its name, which is looked up when Terraform plans. */
  static fromApiKeyName(scope: Construct, id: string, attributes: ApiKeyNameAttributes): IApiKey {
    return new ImportedApiKey(scope, id, attributes);
  }

  /**
   * Removes a key from the state and leaves it on the server. Call it with the scope and the id of a construct, in place of
   * that construct: just removing the construct would delete the key. Requires Terraform 1.7 or OpenTofu 1.11.
   */
  static forget(scope: Construct, id: string): void {
    new ForgottenApiKey(scope, id);
  }

  /** The Terraform resource, as an escape hatch. */
  readonly resource: ApiKeyResource;
  /** Permissions of the key. */
  readonly grants: PermissionGrants;
  private readonly organization: IOrganization;

  constructor(scope: Construct, id: string, props: ApiKeyProps) {
    super(scope, id);
    requireSameCdktf(this);
    const name = props.name ?? id;
    this.requireName(name);
    this.requireSchedule(props);
    this.organization = props.organization;
    this.resource = new ApiKeyResource(this, "Resource", {
      ...metaArguments(props),
      provider: props.provider ?? props.organization.provider,
      orgId: orgIdFor(props.organization, props),
      name,
      permissions: Lazy.listValue({ produce: () => this.grants.toList() }),
      rotateAfter: props.rotateAfter?.toString(),
      gracePeriod: props.gracePeriod?.toString(),
      rotationTriggers: props.rotationTriggers,
    });
    this.node.defaultChild = this.resource;
    this.grants = new PermissionGrants(this, () => this.resource);
    if (props.permissions !== undefined) this.grants.permissions(...namesIn(props.permissions));
    checkPermissionOwners(this);
  }

  /** Organization of the key. */
  get orgId(): string {
    return attribute(this.resource, "org_id");
  }

  /** Id of the current key. */
  get keyId(): string {
    return attribute(this.resource, "key_id");
  }

  /** `keyId.secret`, ready for `Authorization: Bearer`. Sensitive, in other stacks too. */
  get token(): string {
    return this.resource.token;
  }

  /** Id of the previous key during its grace period, or an empty string: `cdktf deploy` fails on an output that is null. */
  get previousKeyId(): string {
    return textAttribute(this.resource, "previous_key_id");
  }

  /** When the key is due for rotation (RFC 3339, UTC), or an empty string without a schedule. */
  get rotateAt(): string {
    return textAttribute(this.resource, "rotate_at");
  }

  /** Address of the resource, so that this construct can be used in `dependsOn`. */
  get fqn(): string {
    return this.resource.fqn;
  }

  /**
   * Imports an existing key. The server reveals a secret only when a key is created, so `token` is empty until the key is rotated.
   *
   * As long as this is called, no plan destroys the key (`preventDestroy`, unless `lifecycle` says otherwise) and a `name` that differs
   * from the real one is ignored. Removing the construct would delete the key: use `ApiKey.forget` to keep it.
   */
  importFrom(keyId: string): void {
    const { literal, reference } = orgIdForImport(this.organization);
    const importId = `${literal}/${keyId}`;
    requireImportable(this, this.resource, keyId, importId);
    this.resource.importFrom(importId);
    this.resource.orgId = reference;
    this.resource.lifecycle = protectImported(this.resource.lifecycle);
    tellOfImport(this, keyId);
  }

  /**
   * Adds a sensitive output with the token. An imported key has no token until it is rotated; the output is an
   * empty string then, since `cdktf deploy` fails on an output that is null.
   */
  addTokenOutput(id = "token"): TerraformOutput {
    return new TerraformOutput(this, id, {
      value: textAttribute(this.resource, "token", { secret: true }),
      sensitive: true,
      description: `Token of the API key ${this.node.path}`,
    });
  }

  /** Adds outputs for a pipeline to watch: `key_id`, `previous_key_id` and `rotate_at`, each a string. */
  addRotationOutputs(): void {
    for (const name of ["key_id", "previous_key_id", "rotate_at"])
      new TerraformOutput(this, name, {
        value: textAttribute(this.resource, name),
        description: `${name} of the API key ${this.node.path}`,
      });
  }

  private requireName(name: string): void {
    if (!Token.isUnresolved(name) && (name.length === 0 || name.length > MAX_NAME_LENGTH))
      throw new Error(`${this.node.path}: expected a name of 1 to ${MAX_NAME_LENGTH} characters, got ${name.length}`);
  }

  private requireSchedule({ rotateAfter, gracePeriod }: ApiKeyOptions): void {
    const grace = gracePeriod?.toSeconds() ?? DEFAULT_GRACE_SECONDS;
    if (rotateAfter && grace >= rotateAfter.toSeconds())
      throw new Error(
        `${this.node.path}: the grace period (${gracePeriod ?? "72h by default"}) must be shorter than rotateAfter (${rotateAfter}), or more than two keys would be valid at a time`,
      );
  }
}

/** What is no array is a token for a list. */
const namesIn = (permissions: NonNullable<ApiKeyOptions["permissions"]>): readonly PermissionName[] =>
  Tokenization.isResolvable(permissions) || !Array.isArray(permissions) ? (Token.asList(permissions) as PermissionName[]) : permissions;
