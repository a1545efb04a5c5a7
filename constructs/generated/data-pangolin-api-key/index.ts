// https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/data-sources/api_key
// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface DataPangolinApiKeyConfig extends cdktf.TerraformMetaArguments {
  /**
  * Id of the key. Set this or `name`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/data-sources/api_key#key_id DataPangolinApiKey#key_id}
  */
  readonly keyId?: string;
  /**
  * If several keys have this name, use the one that was created last; otherwise they are an error. Set it for a key that is rotated.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/data-sources/api_key#most_recent DataPangolinApiKey#most_recent}
  */
  readonly mostRecent?: boolean | cdktf.IResolvable;
  /**
  * Display name of the key. Names are not unique, and during a grace period both generations of a key have the same name: see `most_recent`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/data-sources/api_key#name DataPangolinApiKey#name}
  */
  readonly name?: string;
  /**
  * Organization of the key.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/data-sources/api_key#org_id DataPangolinApiKey#org_id}
  */
  readonly orgId: string;
}

/**
* Represents a {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/data-sources/api_key pangolin_api_key}
*/
export class DataPangolinApiKey extends cdktf.TerraformDataSource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "pangolin_api_key";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a DataPangolinApiKey resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the DataPangolinApiKey to import
  * @param importFromId The id of the existing DataPangolinApiKey that should be imported. Refer to the {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/data-sources/api_key#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the DataPangolinApiKey to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "pangolin_api_key", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/data-sources/api_key pangolin_api_key} Data Source
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options DataPangolinApiKeyConfig
  */
  public constructor(scope: Construct, id: string, config: DataPangolinApiKeyConfig) {
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
    this._keyId = config.keyId;
    this._mostRecent = config.mostRecent;
    this._name = config.name;
    this._orgId = config.orgId;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // created_at - computed: true, optional: false, required: false
  public get createdAt() {
    return this.getStringAttribute('created_at');
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // key_id - computed: true, optional: true, required: false
  private _keyId?: string; 
  public get keyId() {
    return this.getStringAttribute('key_id');
  }
  public set keyId(value: string) {
    this._keyId = value;
  }
  public resetKeyId() {
    this._keyId = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get keyIdInput() {
    return this._keyId;
  }

  // last_chars - computed: true, optional: false, required: false
  public get lastChars() {
    return this.getStringAttribute('last_chars');
  }

  // most_recent - computed: false, optional: true, required: false
  private _mostRecent?: boolean | cdktf.IResolvable; 
  public get mostRecent() {
    return this.getBooleanAttribute('most_recent');
  }
  public set mostRecent(value: boolean | cdktf.IResolvable) {
    this._mostRecent = value;
  }
  public resetMostRecent() {
    this._mostRecent = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get mostRecentInput() {
    return this._mostRecent;
  }

  // name - computed: true, optional: true, required: false
  private _name?: string; 
  public get name() {
    return this.getStringAttribute('name');
  }
  public set name(value: string) {
    this._name = value;
  }
  public resetName() {
    this._name = undefined;
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

  // permissions - computed: true, optional: false, required: false
  public get permissions() {
    return this.getListAttribute('permissions');
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      key_id: cdktf.stringToTerraform(this._keyId),
      most_recent: cdktf.booleanToTerraform(this._mostRecent),
      name: cdktf.stringToTerraform(this._name),
      org_id: cdktf.stringToTerraform(this._orgId),
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
      most_recent: {
        value: cdktf.booleanToHclTerraform(this._mostRecent),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
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
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
