// https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/api_key
// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';
import { secretAttribute, secretResource } from '../../attribute-expression';

// Configuration

export interface ApiKeyConfig extends cdktf.TerraformMetaArguments {
  /**
  * How long the previous key stays valid after a rotation; `0s` deletes it at once. Must be shorter than `rotate_after`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/api_key#grace_period ApiKey#grace_period}
  */
  readonly gracePeriod?: string;
  /**
  * Display name. The server cannot rename a key, so a changed name creates a successor, and the old key stays valid for the grace period.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/api_key#name ApiKey#name}
  */
  readonly name: string;
  /**
  * Organization of the key.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/api_key#org_id ApiKey#org_id}
  */
  readonly orgId: string;
  /**
  * The complete set of the key's permissions. All others are revoked. If omitted, the permissions are not managed. Removing the argument leaves them as they are.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/api_key#permissions ApiKey#permissions}
  */
  readonly permissions?: string[];
  /**
  * Age at which the key is due for rotation, such as `90d` or `12h`. The first apply after that creates a successor.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/api_key#rotate_after ApiKey#rotate_after}
  */
  readonly rotateAfter?: string;
  /**
  * Arbitrary values. Changing one rotates the key now. Adding or removing the map, or an entry, does not.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/api_key#rotation_triggers ApiKey#rotation_triggers}
  */
  readonly rotationTriggers?: { [key: string]: string };
}

/**
* Represents a {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/api_key pangolin_api_key}
*/
export class ApiKey extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "pangolin_api_key";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a ApiKey resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the ApiKey to import
  * @param importFromId The id of the existing ApiKey that should be imported. Refer to the {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/api_key#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the ApiKey to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "pangolin_api_key", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/api_key pangolin_api_key} Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options ApiKeyConfig
  */
  public constructor(scope: Construct, id: string, config: ApiKeyConfig) {
    super(scope, id, {
      terraformResourceType: 'pangolin_api_key',
      terraformGeneratorMetadata: {
        providerName: 'pangolin',
        providerVersionConstraint: '~> 0.1'
      },
      provider: config.provider,
      dependsOn: config.dependsOn,
      count: config.count,
      lifecycle: config.lifecycle,
      provisioners: config.provisioners,
      connection: config.connection,
      forEach: config.forEach
    });
    this._gracePeriod = config.gracePeriod;
    this._name = config.name;
    this._orgId = config.orgId;
    this._permissions = config.permissions;
    this._rotateAfter = config.rotateAfter;
    this._rotationTriggers = config.rotationTriggers;
  }

  public get fqn(): string {
    return secretResource(this);
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // created_at - computed: true, optional: false, required: false
  public get createdAt() {
    return this.getStringAttribute('created_at');
  }

  // generation - computed: true, optional: false, required: false
  public get generation() {
    return this.getNumberAttribute('generation');
  }

  // grace_period - computed: true, optional: true, required: false
  private _gracePeriod?: string; 
  public get gracePeriod() {
    return this.getStringAttribute('grace_period');
  }
  public set gracePeriod(value: string) {
    this._gracePeriod = value;
  }
  public resetGracePeriod() {
    this._gracePeriod = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get gracePeriodInput() {
    return this._gracePeriod;
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // key_id - computed: true, optional: false, required: false
  public get keyId() {
    return this.getStringAttribute('key_id');
  }

  // last_chars - computed: true, optional: false, required: false
  public get lastChars() {
    return this.getStringAttribute('last_chars');
  }

  // name - computed: false, optional: false, required: true
  private _name?: string; 
  public get name() {
    return this.getStringAttribute('name');
  }
  public set name(value: string) {
    this._name = value;
  }
  // Temporarily expose input value. Use with caution.
  public get nameInput() {
    return this._name;
  }

  // org_id - computed: false, optional: false, required: true
  private _orgId?: string; 
  public get orgId() {
    return this.getStringAttribute('org_id');
  }
  public set orgId(value: string) {
    this._orgId = value;
  }
  // Temporarily expose input value. Use with caution.
  public get orgIdInput() {
    return this._orgId;
  }

  // permissions - computed: true, optional: true, required: false
  private _permissions?: string[]; 
  public get permissions() {
    return cdktf.Fn.tolist(this.getListAttribute('permissions'));
  }
  public set permissions(value: string[]) {
    this._permissions = value;
  }
  public resetPermissions() {
    this._permissions = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get permissionsInput() {
    return this._permissions;
  }

  // previous_key_id - computed: true, optional: false, required: false
  public get previousKeyId() {
    return this.getStringAttribute('previous_key_id');
  }

  // previous_permissions - computed: true, optional: false, required: false
  public get previousPermissions() {
    return cdktf.Fn.tolist(this.getListAttribute('previous_permissions'));
  }

  // retire_previous_at - computed: true, optional: false, required: false
  public get retirePreviousAt() {
    return this.getStringAttribute('retire_previous_at');
  }

  // retirement_due - computed: true, optional: false, required: false
  public get retirementDue() {
    return this.getBooleanAttribute('retirement_due');
  }

  // rotate_after - computed: false, optional: true, required: false
  private _rotateAfter?: string; 
  public get rotateAfter() {
    return this.getStringAttribute('rotate_after');
  }
  public set rotateAfter(value: string) {
    this._rotateAfter = value;
  }
  public resetRotateAfter() {
    this._rotateAfter = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get rotateAfterInput() {
    return this._rotateAfter;
  }

  // rotate_at - computed: true, optional: false, required: false
  public get rotateAt() {
    return this.getStringAttribute('rotate_at');
  }

  // rotation_due - computed: true, optional: false, required: false
  public get rotationDue() {
    return this.getBooleanAttribute('rotation_due');
  }

  // rotation_triggers - computed: false, optional: true, required: false
  private _rotationTriggers?: { [key: string]: string }; 
  public get rotationTriggers() {
    return this.getStringMapAttribute('rotation_triggers');
  }
  public set rotationTriggers(value: { [key: string]: string }) {
    this._rotationTriggers = value;
  }
  public resetRotationTriggers() {
    this._rotationTriggers = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get rotationTriggersInput() {
    return this._rotationTriggers;
  }

  // secret - computed: true, optional: false, required: false
  public get secret() {
    return secretAttribute(this, 'secret');
  }

  // token - computed: true, optional: false, required: false
  public get token() {
    return secretAttribute(this, 'token');
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      grace_period: cdktf.stringToTerraform(this._gracePeriod),
      name: cdktf.stringToTerraform(this._name),
      org_id: cdktf.stringToTerraform(this._orgId),
      permissions: cdktf.listMapper(cdktf.stringToTerraform, false)(this._permissions),
      rotate_after: cdktf.stringToTerraform(this._rotateAfter),
      rotation_triggers: cdktf.hashMapper(cdktf.stringToTerraform)(this._rotationTriggers),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      grace_period: {
        value: cdktf.stringToHclTerraform(this._gracePeriod),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      name: {
        value: cdktf.stringToHclTerraform(this._name),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      org_id: {
        value: cdktf.stringToHclTerraform(this._orgId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      permissions: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._permissions),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
      rotate_after: {
        value: cdktf.stringToHclTerraform(this._rotateAfter),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      rotation_triggers: {
        value: cdktf.hashMapperHcl(cdktf.stringToHclTerraform)(this._rotationTriggers),
        isBlock: false,
        type: "map",
        storageClassType: "stringMap",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
