// https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/data-sources/api_keys
// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';

// Configuration

export interface DataPangolinApiKeysConfig extends cdktf.TerraformMetaArguments {
  /**
  * Only keys of at least this age, such as `90d`, by the server's clock.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/data-sources/api_keys#older_than DataPangolinApiKeys#older_than}
  */
  readonly olderThan?: string;
  /**
  * Ids of organizations. If omitted, all organizations of the server.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/data-sources/api_keys#org_ids DataPangolinApiKeys#org_ids}
  */
  readonly orgIds?: string[];
}
export interface DataPangolinApiKeysApiKeys {
}

export function dataPangolinApiKeysApiKeysToTerraform(struct?: DataPangolinApiKeysApiKeys): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  return {
  }
}


export function dataPangolinApiKeysApiKeysToHclTerraform(struct?: DataPangolinApiKeysApiKeys): any {
  if (!cdktf.canInspect(struct) || cdktf.Tokenization.isResolvable(struct)) { return struct; }
  if (cdktf.isComplexElement(struct)) {
    throw new Error("A complex element was used as configuration, this is not supported: https://cdk.tf/complex-object-as-configuration");
  }
  const attrs = {
  };
  return attrs;
}

export class DataPangolinApiKeysApiKeysOutputReference extends cdktf.ComplexObject {
  private isEmptyObject = false;

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param complexObjectIndex the index of this item in the list
  * @param complexObjectIsFromSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  public constructor(terraformResource: cdktf.IInterpolatingParent, terraformAttribute: string, complexObjectIndex: number, complexObjectIsFromSet: boolean) {
    super(terraformResource, terraformAttribute, complexObjectIsFromSet, complexObjectIndex);
  }

  public get internalValue(): DataPangolinApiKeysApiKeys | undefined {
    let hasAnyValues = this.isEmptyObject;
    const internalValueResult: any = {};
    return hasAnyValues ? internalValueResult : undefined;
  }

  public set internalValue(value: DataPangolinApiKeysApiKeys | undefined) {
    if (value === undefined) {
      this.isEmptyObject = false;
    }
    else {
      this.isEmptyObject = Object.keys(value).length === 0;
    }
  }

  // created_at - computed: true, optional: false, required: false
  public get createdAt() {
    return this.getStringAttribute('created_at');
  }

  // key_id - computed: true, optional: false, required: false
  public get keyId() {
    return this.getStringAttribute('key_id');
  }

  // last_chars - computed: true, optional: false, required: false
  public get lastChars() {
    return this.getStringAttribute('last_chars');
  }

  // name - computed: true, optional: false, required: false
  public get name() {
    return this.getStringAttribute('name');
  }

  // org_id - computed: true, optional: false, required: false
  public get orgId() {
    return this.getStringAttribute('org_id');
  }
}

export class DataPangolinApiKeysApiKeysList extends cdktf.ComplexList {

  /**
  * @param terraformResource The parent resource
  * @param terraformAttribute The attribute on the parent resource this class is referencing
  * @param wrapsSet whether the list is wrapping a set (will add tolist() to be able to access an item via an index)
  */
  constructor(protected terraformResource: cdktf.IInterpolatingParent, protected terraformAttribute: string, protected wrapsSet: boolean) {
    super(terraformResource, terraformAttribute, wrapsSet)
  }

  /**
  * @param index the index of the item to return
  */
  public get(index: number): DataPangolinApiKeysApiKeysOutputReference {
    return new DataPangolinApiKeysApiKeysOutputReference(this.terraformResource, this.terraformAttribute, index, this.wrapsSet);
  }
}

/**
* Represents a {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/data-sources/api_keys pangolin_api_keys}
*/
export class DataPangolinApiKeys extends cdktf.TerraformDataSource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "pangolin_api_keys";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a DataPangolinApiKeys resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the DataPangolinApiKeys to import
  * @param importFromId The id of the existing DataPangolinApiKeys that should be imported. Refer to the {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/data-sources/api_keys#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the DataPangolinApiKeys to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "pangolin_api_keys", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/data-sources/api_keys pangolin_api_keys} Data Source
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options DataPangolinApiKeysConfig = {}
  */
  public constructor(scope: Construct, id: string, config: DataPangolinApiKeysConfig = {}) {
    super(scope, id, {
      terraformResourceType: 'pangolin_api_keys',
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
    this._olderThan = config.olderThan;
    this._orgIds = config.orgIds;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // api_keys - computed: true, optional: false, required: false
  private _apiKeys = new DataPangolinApiKeysApiKeysList(this, "api_keys", false);
  public get apiKeys() {
    return this._apiKeys;
  }

  // older_than - computed: false, optional: true, required: false
  private _olderThan?: string; 
  public get olderThan() {
    return this.getStringAttribute('older_than');
  }
  public set olderThan(value: string) {
    this._olderThan = value;
  }
  public resetOlderThan() {
    this._olderThan = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get olderThanInput() {
    return this._olderThan;
  }

  // org_ids - computed: false, optional: true, required: false
  private _orgIds?: string[]; 
  public get orgIds() {
    return cdktf.Fn.tolist(this.getListAttribute('org_ids'));
  }
  public set orgIds(value: string[]) {
    this._orgIds = value;
  }
  public resetOrgIds() {
    this._orgIds = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get orgIdsInput() {
    return this._orgIds;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      older_than: cdktf.stringToTerraform(this._olderThan),
      org_ids: cdktf.listMapper(cdktf.stringToTerraform, false)(this._orgIds),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      older_than: {
        value: cdktf.stringToHclTerraform(this._olderThan),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      org_ids: {
        value: cdktf.listMapperHcl(cdktf.stringToHclTerraform, false)(this._orgIds),
        isBlock: false,
        type: "set",
        storageClassType: "stringList",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
