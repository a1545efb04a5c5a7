// https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/api_key_permissions
// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface ApiKeyPermissionsConfig extends cdktf.TerraformMetaArguments {
  /**
  * Id of the key. After a rotation, the successor gets the permissions, and the old key keeps them during its grace period. If the id changes to another key, they move to it and are revoked from the old one.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/api_key_permissions#key_id ApiKeyPermissions#key_id}
  */
  readonly keyId: string;
  /**
  * Organization of the key.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/api_key_permissions#org_id ApiKeyPermissions#org_id}
  */
  readonly orgId: string;
  /**
  * The complete set of the key's permissions. All others are revoked.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/api_key_permissions#permissions ApiKeyPermissions#permissions}
  */
  readonly permissions: string[];
  /**
  * Id of the previous key during its grace period, such as `pangolin_api_key.x.previous_key_id`. Permissions that are revoked from the key are revoked from it too.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/api_key_permissions#previous_key_id ApiKeyPermissions#previous_key_id}
  */
  readonly previousKeyId?: string;
}

/**
* Represents a {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/api_key_permissions pangolin_api_key_permissions}
*/
export class ApiKeyPermissions extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "pangolin_api_key_permissions";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a ApiKeyPermissions resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the ApiKeyPermissions to import
  * @param importFromId The id of the existing ApiKeyPermissions that should be imported. Refer to the {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/api_key_permissions#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the ApiKeyPermissions to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "pangolin_api_key_permissions", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/api_key_permissions pangolin_api_key_permissions} Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options ApiKeyPermissionsConfig
  */
  public constructor(scope: Construct, id: string, config: ApiKeyPermissionsConfig) {
    super(scope, id, {
      terraformResourceType: 'pangolin_api_key_permissions',
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
    this._keyId = config.keyId;
    this._orgId = config.orgId;
    this._permissions = config.permissions;
    this._previousKeyId = config.previousKeyId;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // key_id - computed: false, optional: false, required: true
  private _keyId?: string; 
  public get keyId() {
    return this.getStringAttribute('key_id');
  }
  public set keyId(value: string) {
    this._keyId = value;
  }
  // Temporarily expose input value. Use with caution.
  public get keyIdInput() {
    return this._keyId;
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

  // permissions - computed: false, optional: false, required: true
  private _permissions?: string[]; 
  public get permissions() {
    return cdktf.Fn.tolist(this.getListAttribute('permissions'));
  }
  public set permissions(value: string[]) {
    this._permissions = value;
  }
  // Temporarily expose input value. Use with caution.
  public get permissionsInput() {
    return this._permissions;
  }

  // previous_key_id - computed: false, optional: true, required: false
  private _previousKeyId?: string; 
  public get previousKeyId() {
    return this.getStringAttribute('previous_key_id');
  }
  public set previousKeyId(value: string) {
    this._previousKeyId = value;
  }
  public resetPreviousKeyId() {
    this._previousKeyId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get previousKeyIdInput() {
    return this._previousKeyId;
  }

  // previous_permissions - computed: true, optional: false, required: false
  public get previousPermissions() {
    return cdktf.Fn.tolist(this.getListAttribute('previous_permissions'));
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      key_id: cdktf.stringToTerraform(this._keyId),
      org_id: cdktf.stringToTerraform(this._orgId),
      permissions: cdktf.listMapper(cdktf.stringToTerraform, false)(this._permissions),
      previous_key_id: cdktf.stringToTerraform(this._previousKeyId),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      key_id: {
        value: cdktf.stringToHclTerraform(this._keyId),
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
      previous_key_id: {
        value: cdktf.stringToHclTerraform(this._previousKeyId),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
