import { Fn, Lazy, type TerraformMetaArguments, Token } from "cdktf";
import { Construct } from "constructs";
import { attribute, attributeOfSameInstance } from "../attribute-expression";
import { ApiKeyGrant } from "../generated/api-key-grant";
import { DataPangolinApiKey } from "../generated/data-pangolin-api-key";
import { metaArguments } from "../meta-arguments";
import { orgIdFor } from "../organization-id";
import { PermissionGrants } from "../permission-grants";
import { checkPermissionOwners } from "../permission-owners";
import { requireSameCdktf } from "../same-cdktf";
import type { ApiKeyIdAttributes, ApiKeyNameAttributes, IApiKey } from "./props";

/** A key that this app does not manage: what is granted is added to what it holds, by a resource of its own. */
export class ImportedApiKey extends Construct implements IApiKey {
  readonly orgId: string;
  readonly keyId: string;
  readonly grants: PermissionGrants;
  private grant?: ApiKeyGrant;

  constructor(scope: Construct, id: string, attributes: ApiKeyIdAttributes | ApiKeyNameAttributes) {
    super(scope, id);
    requireSameCdktf(this);
    const meta = { ...metaArguments(attributes), provider: attributes.provider ?? attributes.organization.provider };
    this.orgId = orgIdFor(attributes.organization, attributes);
    if ("keyId" in attributes) {
      this.keyId = attributes.keyId;
      this.grants = new PermissionGrants(this, () => this.grantResource(meta, attributes.keyId, attributes.previousKeyId));
    } else {
      const lookup = this.lookUp(meta, attributes.name);
      this.keyId = attribute(lookup, "key_id");
      this.grants = new PermissionGrants(this, () => this.grantResource(meta, attributeOfSameInstance(lookup, "key_id")));
    }
    checkPermissionOwners(this);
  }

  private lookUp({ provider, dependsOn, forEach, count }: TerraformMetaArguments, name: string): DataPangolinApiKey {
    return new DataPangolinApiKey(this, "Lookup", { provider, dependsOn, forEach, count, orgId: this.orgId, name, mostRecent: true });
  }

  private grantResource(meta: TerraformMetaArguments, keyId: string, previousKeyId?: string): ApiKeyGrant {
    this.grant ??= new ApiKeyGrant(this, "Grant", {
      ...meta,
      orgId: this.orgId,
      keyId,
      permissions: Lazy.listValue({ produce: () => this.grants.toList() }),
      ...(previousKeyId !== undefined && { previousKeyId: orNull(previousKeyId) }),
    });
    return this.grant;
  }
}

/** `previousKeyId` of a managed key is an empty text where there is none. */
const orNull = (text: string): string => (Token.isUnresolved(text) ? Token.asString(Fn.one(Fn.compact([text]))) : text);
