// https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/org
// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';
import { secretAttribute, secretResource } from '../../attribute-expression';

// Configuration

export interface OrgConfig extends cdktf.TerraformMetaArguments {
  /**
  * What a destroy does: `prevent` refuses it, `abandon` leaves the organization on the server, `delete` deletes it with everything in it. The value in the state decides, so apply a change before you destroy.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/org#deletion_policy Org#deletion_policy}
  */
  readonly deletionPolicy?: string;
  /**
  * Whether to store the key pair of the organization's SSH certificate authority in the state.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/org#expose_ssh_ca Org#expose_ssh_ca}
  */
  readonly exposeSshCa?: boolean | cdktf.IResolvable;
  /**
  * Hours after which members sign in again. An error on a server of the Community Edition, which ignores it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/org#max_session_length_hours Org#max_session_length_hours}
  */
  readonly maxSessionLengthHours?: number;
  /**
  * Display name. Left out: an organization that exists keeps its name, a new one is named by its id.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/org#name Org#name}
  */
  readonly name?: string;
  /**
  * What a create does if the organization exists: `fail` with instructions to import it, or `adopt` it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/org#on_conflict Org#on_conflict}
  */
  readonly onConflict?: string;
  /**
  * Id of the organization: at most 32 lower-case letters, digits, underscores and single inner hyphens. It cannot be changed.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/org#org_id Org#org_id}
  */
  readonly orgId: string;
  /**
  * Days after which members choose a new password. An error on a server of the Community Edition, which ignores it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/org#password_expiry_days Org#password_expiry_days}
  */
  readonly passwordExpiryDays?: number;
  /**
  * Whether members must use two-factor authentication. An error on a server of the Community Edition, which ignores it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/org#require_two_factor Org#require_two_factor}
  */
  readonly requireTwoFactor?: boolean | cdktf.IResolvable;
  /**
  * Whether sites update Newt automatically. An error on a server of the Community Edition, which ignores it.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/org#settings_enable_global_newt_auto_update Org#settings_enable_global_newt_auto_update}
  */
  readonly settingsEnableGlobalNewtAutoUpdate?: boolean | cdktf.IResolvable;
  /**
  * Days to keep the access log: 0 keeps nothing, -1 keeps it for ever. If omitted, the setting is not changed.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/org#settings_log_retention_days_access Org#settings_log_retention_days_access}
  */
  readonly settingsLogRetentionDaysAccess?: number;
  /**
  * Days to keep the action log: 0 keeps nothing, -1 keeps it for ever. If omitted, the setting is not changed.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/org#settings_log_retention_days_action Org#settings_log_retention_days_action}
  */
  readonly settingsLogRetentionDaysAction?: number;
  /**
  * Days to keep the AI sessions log: 0 keeps nothing, -1 keeps it for ever. If omitted, the setting is not changed.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/org#settings_log_retention_days_ai_sessions Org#settings_log_retention_days_ai_sessions}
  */
  readonly settingsLogRetentionDaysAiSessions?: number;
  /**
  * Days to keep the connection log: 0 keeps nothing, -1 keeps it for ever. If omitted, the setting is not changed.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/org#settings_log_retention_days_connection Org#settings_log_retention_days_connection}
  */
  readonly settingsLogRetentionDaysConnection?: number;
  /**
  * Days to keep the request log: 0 keeps nothing, -1 keeps it for ever. If omitted, the setting is not changed.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/org#settings_log_retention_days_request Org#settings_log_retention_days_request}
  */
  readonly settingsLogRetentionDaysRequest?: number;
  /**
  * IPv4 network of the organization's clients, such as `100.90.128.0/24`. A new organization needs it. It cannot be changed.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/org#subnet Org#subnet}
  */
  readonly subnet?: string;
  /**
  * IPv4 network of aliases and DNS. Must not overlap `subnet`. A new organization needs it. It cannot be changed.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/org#utility_subnet Org#utility_subnet}
  */
  readonly utilitySubnet?: string;
}

/**
* Represents a {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/org pangolin_org}
*/
export class Org extends cdktf.TerraformResource {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "pangolin_org";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a Org resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the Org to import
  * @param importFromId The id of the existing Org that should be imported. Refer to the {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/org#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the Org to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "pangolin_org", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs/resources/org pangolin_org} Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options OrgConfig
  */
  public constructor(scope: Construct, id: string, config: OrgConfig) {
    super(scope, id, {
      terraformResourceType: 'pangolin_org',
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
    this._deletionPolicy = config.deletionPolicy;
    this._exposeSshCa = config.exposeSshCa;
    this._maxSessionLengthHours = config.maxSessionLengthHours;
    this._name = config.name;
    this._onConflict = config.onConflict;
    this._orgId = config.orgId;
    this._passwordExpiryDays = config.passwordExpiryDays;
    this._requireTwoFactor = config.requireTwoFactor;
    this._settingsEnableGlobalNewtAutoUpdate = config.settingsEnableGlobalNewtAutoUpdate;
    this._settingsLogRetentionDaysAccess = config.settingsLogRetentionDaysAccess;
    this._settingsLogRetentionDaysAction = config.settingsLogRetentionDaysAction;
    this._settingsLogRetentionDaysAiSessions = config.settingsLogRetentionDaysAiSessions;
    this._settingsLogRetentionDaysConnection = config.settingsLogRetentionDaysConnection;
    this._settingsLogRetentionDaysRequest = config.settingsLogRetentionDaysRequest;
    this._subnet = config.subnet;
    this._utilitySubnet = config.utilitySubnet;
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

  // deletion_policy - computed: true, optional: true, required: false
  private _deletionPolicy?: string; 
  public get deletionPolicy() {
    return this.getStringAttribute('deletion_policy');
  }
  public set deletionPolicy(value: string) {
    this._deletionPolicy = value;
  }
  public resetDeletionPolicy() {
    this._deletionPolicy = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get deletionPolicyInput() {
    return this._deletionPolicy;
  }

  // expose_ssh_ca - computed: true, optional: true, required: false
  private _exposeSshCa?: boolean | cdktf.IResolvable; 
  public get exposeSshCa() {
    return this.getBooleanAttribute('expose_ssh_ca');
  }
  public set exposeSshCa(value: boolean | cdktf.IResolvable) {
    this._exposeSshCa = value;
  }
  public resetExposeSshCa() {
    this._exposeSshCa = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get exposeSshCaInput() {
    return this._exposeSshCa;
  }

  // id - computed: true, optional: false, required: false
  public get id() {
    return this.getStringAttribute('id');
  }

  // max_session_length_hours - computed: true, optional: true, required: false
  private _maxSessionLengthHours?: number; 
  public get maxSessionLengthHours() {
    return this.getNumberAttribute('max_session_length_hours');
  }
  public set maxSessionLengthHours(value: number) {
    this._maxSessionLengthHours = value;
  }
  public resetMaxSessionLengthHours() {
    this._maxSessionLengthHours = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get maxSessionLengthHoursInput() {
    return this._maxSessionLengthHours;
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

  // on_conflict - computed: true, optional: true, required: false
  private _onConflict?: string; 
  public get onConflict() {
    return this.getStringAttribute('on_conflict');
  }
  public set onConflict(value: string) {
    this._onConflict = value;
  }
  public resetOnConflict() {
    this._onConflict = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get onConflictInput() {
    return this._onConflict;
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

  // password_expiry_days - computed: true, optional: true, required: false
  private _passwordExpiryDays?: number; 
  public get passwordExpiryDays() {
    return this.getNumberAttribute('password_expiry_days');
  }
  public set passwordExpiryDays(value: number) {
    this._passwordExpiryDays = value;
  }
  public resetPasswordExpiryDays() {
    this._passwordExpiryDays = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get passwordExpiryDaysInput() {
    return this._passwordExpiryDays;
  }

  // require_two_factor - computed: true, optional: true, required: false
  private _requireTwoFactor?: boolean | cdktf.IResolvable; 
  public get requireTwoFactor() {
    return this.getBooleanAttribute('require_two_factor');
  }
  public set requireTwoFactor(value: boolean | cdktf.IResolvable) {
    this._requireTwoFactor = value;
  }
  public resetRequireTwoFactor() {
    this._requireTwoFactor = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get requireTwoFactorInput() {
    return this._requireTwoFactor;
  }

  // settings_enable_global_newt_auto_update - computed: true, optional: true, required: false
  private _settingsEnableGlobalNewtAutoUpdate?: boolean | cdktf.IResolvable; 
  public get settingsEnableGlobalNewtAutoUpdate() {
    return this.getBooleanAttribute('settings_enable_global_newt_auto_update');
  }
  public set settingsEnableGlobalNewtAutoUpdate(value: boolean | cdktf.IResolvable) {
    this._settingsEnableGlobalNewtAutoUpdate = value;
  }
  public resetSettingsEnableGlobalNewtAutoUpdate() {
    this._settingsEnableGlobalNewtAutoUpdate = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get settingsEnableGlobalNewtAutoUpdateInput() {
    return this._settingsEnableGlobalNewtAutoUpdate;
  }

  // settings_log_retention_days_access - computed: true, optional: true, required: false
  private _settingsLogRetentionDaysAccess?: number; 
  public get settingsLogRetentionDaysAccess() {
    return this.getNumberAttribute('settings_log_retention_days_access');
  }
  public set settingsLogRetentionDaysAccess(value: number) {
    this._settingsLogRetentionDaysAccess = value;
  }
  public resetSettingsLogRetentionDaysAccess() {
    this._settingsLogRetentionDaysAccess = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get settingsLogRetentionDaysAccessInput() {
    return this._settingsLogRetentionDaysAccess;
  }

  // settings_log_retention_days_action - computed: true, optional: true, required: false
  private _settingsLogRetentionDaysAction?: number; 
  public get settingsLogRetentionDaysAction() {
    return this.getNumberAttribute('settings_log_retention_days_action');
  }
  public set settingsLogRetentionDaysAction(value: number) {
    this._settingsLogRetentionDaysAction = value;
  }
  public resetSettingsLogRetentionDaysAction() {
    this._settingsLogRetentionDaysAction = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get settingsLogRetentionDaysActionInput() {
    return this._settingsLogRetentionDaysAction;
  }

  // settings_log_retention_days_ai_sessions - computed: true, optional: true, required: false
  private _settingsLogRetentionDaysAiSessions?: number; 
  public get settingsLogRetentionDaysAiSessions() {
    return this.getNumberAttribute('settings_log_retention_days_ai_sessions');
  }
  public set settingsLogRetentionDaysAiSessions(value: number) {
    this._settingsLogRetentionDaysAiSessions = value;
  }
  public resetSettingsLogRetentionDaysAiSessions() {
    this._settingsLogRetentionDaysAiSessions = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get settingsLogRetentionDaysAiSessionsInput() {
    return this._settingsLogRetentionDaysAiSessions;
  }

  // settings_log_retention_days_connection - computed: true, optional: true, required: false
  private _settingsLogRetentionDaysConnection?: number; 
  public get settingsLogRetentionDaysConnection() {
    return this.getNumberAttribute('settings_log_retention_days_connection');
  }
  public set settingsLogRetentionDaysConnection(value: number) {
    this._settingsLogRetentionDaysConnection = value;
  }
  public resetSettingsLogRetentionDaysConnection() {
    this._settingsLogRetentionDaysConnection = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get settingsLogRetentionDaysConnectionInput() {
    return this._settingsLogRetentionDaysConnection;
  }

  // settings_log_retention_days_request - computed: true, optional: true, required: false
  private _settingsLogRetentionDaysRequest?: number; 
  public get settingsLogRetentionDaysRequest() {
    return this.getNumberAttribute('settings_log_retention_days_request');
  }
  public set settingsLogRetentionDaysRequest(value: number) {
    this._settingsLogRetentionDaysRequest = value;
  }
  public resetSettingsLogRetentionDaysRequest() {
    this._settingsLogRetentionDaysRequest = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get settingsLogRetentionDaysRequestInput() {
    return this._settingsLogRetentionDaysRequest;
  }

  // ssh_ca_private_key - computed: true, optional: false, required: false
  public get sshCaPrivateKey() {
    return secretAttribute(this, 'ssh_ca_private_key');
  }

  // ssh_ca_public_key - computed: true, optional: false, required: false
  public get sshCaPublicKey() {
    return this.getStringAttribute('ssh_ca_public_key');
  }

  // subnet - computed: true, optional: true, required: false
  private _subnet?: string; 
  public get subnet() {
    return this.getStringAttribute('subnet');
  }
  public set subnet(value: string) {
    this._subnet = value;
  }
  public resetSubnet() {
    this._subnet = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get subnetInput() {
    return this._subnet;
  }

  // utility_subnet - computed: true, optional: true, required: false
  private _utilitySubnet?: string; 
  public get utilitySubnet() {
    return this.getStringAttribute('utility_subnet');
  }
  public set utilitySubnet(value: string) {
    this._utilitySubnet = value;
  }
  public resetUtilitySubnet() {
    this._utilitySubnet = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get utilitySubnetInput() {
    return this._utilitySubnet;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      deletion_policy: cdktf.stringToTerraform(this._deletionPolicy),
      expose_ssh_ca: cdktf.booleanToTerraform(this._exposeSshCa),
      max_session_length_hours: cdktf.numberToTerraform(this._maxSessionLengthHours),
      name: cdktf.stringToTerraform(this._name),
      on_conflict: cdktf.stringToTerraform(this._onConflict),
      org_id: cdktf.stringToTerraform(this._orgId),
      password_expiry_days: cdktf.numberToTerraform(this._passwordExpiryDays),
      require_two_factor: cdktf.booleanToTerraform(this._requireTwoFactor),
      settings_enable_global_newt_auto_update: cdktf.booleanToTerraform(this._settingsEnableGlobalNewtAutoUpdate),
      settings_log_retention_days_access: cdktf.numberToTerraform(this._settingsLogRetentionDaysAccess),
      settings_log_retention_days_action: cdktf.numberToTerraform(this._settingsLogRetentionDaysAction),
      settings_log_retention_days_ai_sessions: cdktf.numberToTerraform(this._settingsLogRetentionDaysAiSessions),
      settings_log_retention_days_connection: cdktf.numberToTerraform(this._settingsLogRetentionDaysConnection),
      settings_log_retention_days_request: cdktf.numberToTerraform(this._settingsLogRetentionDaysRequest),
      subnet: cdktf.stringToTerraform(this._subnet),
      utility_subnet: cdktf.stringToTerraform(this._utilitySubnet),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      deletion_policy: {
        value: cdktf.stringToHclTerraform(this._deletionPolicy),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      expose_ssh_ca: {
        value: cdktf.booleanToHclTerraform(this._exposeSshCa),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      max_session_length_hours: {
        value: cdktf.numberToHclTerraform(this._maxSessionLengthHours),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      name: {
        value: cdktf.stringToHclTerraform(this._name),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      on_conflict: {
        value: cdktf.stringToHclTerraform(this._onConflict),
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
      password_expiry_days: {
        value: cdktf.numberToHclTerraform(this._passwordExpiryDays),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      require_two_factor: {
        value: cdktf.booleanToHclTerraform(this._requireTwoFactor),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      settings_enable_global_newt_auto_update: {
        value: cdktf.booleanToHclTerraform(this._settingsEnableGlobalNewtAutoUpdate),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      settings_log_retention_days_access: {
        value: cdktf.numberToHclTerraform(this._settingsLogRetentionDaysAccess),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      settings_log_retention_days_action: {
        value: cdktf.numberToHclTerraform(this._settingsLogRetentionDaysAction),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      settings_log_retention_days_ai_sessions: {
        value: cdktf.numberToHclTerraform(this._settingsLogRetentionDaysAiSessions),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      settings_log_retention_days_connection: {
        value: cdktf.numberToHclTerraform(this._settingsLogRetentionDaysConnection),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      settings_log_retention_days_request: {
        value: cdktf.numberToHclTerraform(this._settingsLogRetentionDaysRequest),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      subnet: {
        value: cdktf.stringToHclTerraform(this._subnet),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      utility_subnet: {
        value: cdktf.stringToHclTerraform(this._utilitySubnet),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
