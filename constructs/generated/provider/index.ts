// https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs
// generated from terraform resource schema

import { Construct } from 'constructs';
import * as cdktf from 'cdktf';
import { requireSameCdktf } from '../../same-cdktf';

// Configuration

export interface PangolinProviderConfig {
  /**
  * Accept permission names that this provider does not know, with a warning. For a newer server. Environment: `PANGOLIN_ALLOW_UNKNOWN_PERMISSIONS`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs#allow_unknown_permissions PangolinProvider#allow_unknown_permissions}
  */
  readonly allowUnknownPermissions?: boolean | cdktf.IResolvable;
  /**
  * API key as `keyId.secret`. API keys are managed with a root key. Environment: `PANGOLIN_API_KEY`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs#api_key PangolinProvider#api_key}
  */
  readonly apiKey?: string;
  /**
  * Certificates (PEM text, not a path) of additional certificate authorities to trust. Environment: `PANGOLIN_CA_CERTIFICATE`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs#ca_certificate PangolinProvider#ca_certificate}
  */
  readonly caCertificate?: string;
  /**
  * URL of Pangolin's Integration API, with or without the `/v1` at its end. Environment: `PANGOLIN_ENDPOINT`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs#endpoint PangolinProvider#endpoint}
  */
  readonly endpoint?: string;
  /**
  * Do not verify the server's certificate. For experiments only. Environment: `PANGOLIN_INSECURE_SKIP_VERIFY`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs#insecure_skip_verify PangolinProvider#insecure_skip_verify}
  */
  readonly insecureSkipVerify?: boolean | cdktf.IResolvable;
  /**
  * Maximum number of concurrent requests. From 1 to 64; default 4. The server computes a slow hash for each, so more than it has cores gain nothing. Environment: `PANGOLIN_MAX_CONCURRENT_REQUESTS`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs#max_concurrent_requests PangolinProvider#max_concurrent_requests}
  */
  readonly maxConcurrentRequests?: number;
  /**
  * How often a request that is safe to repeat is retried. From 0 to 20; default 3. 0 disables retries. Environment: `PANGOLIN_MAX_RETRIES`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs#max_retries PangolinProvider#max_retries}
  */
  readonly maxRetries?: number;
  /**
  * Timeout of one attempt of a request, from connecting to the last byte of the answer. From `1s` to `1h`; default `30s`. Environment: `PANGOLIN_REQUEST_TIMEOUT`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs#request_timeout PangolinProvider#request_timeout}
  */
  readonly requestTimeout?: string;
  /**
  * How long requests are retried while the server cannot be reached or its gateway answers 502, 503 or 504, as during a restart. Up to `1h`; default `30s`. With `0s`, only `max_retries` applies. Environment: `PANGOLIN_RETRY_TIMEOUT`.
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs#retry_timeout PangolinProvider#retry_timeout}
  */
  readonly retryTimeout?: string;
  /**
  * Alias name
  *
  * Docs at Terraform Registry: {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs#alias PangolinProvider#alias}
  */
  readonly alias?: string;
}

/**
* Represents a {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs pangolin}
*/
export class PangolinProvider extends cdktf.TerraformProvider {

  // =================
  // STATIC PROPERTIES
  // =================
  public static readonly tfResourceType = "pangolin";

  // ==============
  // STATIC Methods
  // ==============
  /**
  * Generates CDKTF code for importing a PangolinProvider resource upon running "cdktf plan <stack-name>"
  * @param scope The scope in which to define this construct
  * @param importToId The construct id used in the generated config for the PangolinProvider to import
  * @param importFromId The id of the existing PangolinProvider that should be imported. Refer to the {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs#import import section} in the documentation of this resource for the id to use
  * @param provider? Optional instance of the provider where the PangolinProvider to import is found
  */
  public static generateConfigForImport(scope: Construct, importToId: string, importFromId: string, provider?: cdktf.TerraformProvider) {
        return new cdktf.ImportableResource(scope, importToId, { terraformResourceType: "pangolin", importId: importFromId, provider });
      }

  // ===========
  // INITIALIZER
  // ===========

  /**
  * Create a new {@link https://registry.terraform.io/providers/pangolin-iac/pangolin/latest/docs pangolin} Resource
  *
  * @param scope The scope in which to define this construct
  * @param id The scoped construct ID. Must be unique amongst siblings in the same scope
  * @param options PangolinProviderConfig = {}
  */
  public constructor(scope: Construct, id: string, config: PangolinProviderConfig = {}) {
    super(scope, id, {
      terraformResourceType: 'pangolin',
      terraformGeneratorMetadata: {
        providerName: 'pangolin',
        providerVersionConstraint: '~> 0.1'
      },
      terraformProviderSource: 'pangolin-iac/pangolin'
    });
    requireSameCdktf(this);
    this._allowUnknownPermissions = config.allowUnknownPermissions;
    this._apiKey = config.apiKey;
    this._caCertificate = config.caCertificate;
    this._endpoint = config.endpoint;
    this._insecureSkipVerify = config.insecureSkipVerify;
    this._maxConcurrentRequests = config.maxConcurrentRequests;
    this._maxRetries = config.maxRetries;
    this._requestTimeout = config.requestTimeout;
    this._retryTimeout = config.retryTimeout;
    this._alias = config.alias;
  }

  // ==========
  // ATTRIBUTES
  // ==========

  // allow_unknown_permissions - computed: false, optional: true, required: false
  private _allowUnknownPermissions?: boolean | cdktf.IResolvable; 
  public get allowUnknownPermissions() {
    return this._allowUnknownPermissions;
  }
  public set allowUnknownPermissions(value: boolean | cdktf.IResolvable | undefined) {
    this._allowUnknownPermissions = value;
  }
  public resetAllowUnknownPermissions() {
    this._allowUnknownPermissions = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get allowUnknownPermissionsInput() {
    return this._allowUnknownPermissions;
  }

  // api_key - computed: false, optional: true, required: false
  private _apiKey?: string; 
  public get apiKey() {
    return this._apiKey;
  }
  public set apiKey(value: string | undefined) {
    this._apiKey = value;
  }
  public resetApiKey() {
    this._apiKey = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get apiKeyInput() {
    return this._apiKey;
  }

  // ca_certificate - computed: false, optional: true, required: false
  private _caCertificate?: string; 
  public get caCertificate() {
    return this._caCertificate;
  }
  public set caCertificate(value: string | undefined) {
    this._caCertificate = value;
  }
  public resetCaCertificate() {
    this._caCertificate = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get caCertificateInput() {
    return this._caCertificate;
  }

  // endpoint - computed: false, optional: true, required: false
  private _endpoint?: string; 
  public get endpoint() {
    return this._endpoint;
  }
  public set endpoint(value: string | undefined) {
    this._endpoint = value;
  }
  public resetEndpoint() {
    this._endpoint = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get endpointInput() {
    return this._endpoint;
  }

  // insecure_skip_verify - computed: false, optional: true, required: false
  private _insecureSkipVerify?: boolean | cdktf.IResolvable; 
  public get insecureSkipVerify() {
    return this._insecureSkipVerify;
  }
  public set insecureSkipVerify(value: boolean | cdktf.IResolvable | undefined) {
    this._insecureSkipVerify = value;
  }
  public resetInsecureSkipVerify() {
    this._insecureSkipVerify = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get insecureSkipVerifyInput() {
    return this._insecureSkipVerify;
  }

  // max_concurrent_requests - computed: false, optional: true, required: false
  private _maxConcurrentRequests?: number; 
  public get maxConcurrentRequests() {
    return this._maxConcurrentRequests;
  }
  public set maxConcurrentRequests(value: number | undefined) {
    this._maxConcurrentRequests = value;
  }
  public resetMaxConcurrentRequests() {
    this._maxConcurrentRequests = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get maxConcurrentRequestsInput() {
    return this._maxConcurrentRequests;
  }

  // max_retries - computed: false, optional: true, required: false
  private _maxRetries?: number; 
  public get maxRetries() {
    return this._maxRetries;
  }
  public set maxRetries(value: number | undefined) {
    this._maxRetries = value;
  }
  public resetMaxRetries() {
    this._maxRetries = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get maxRetriesInput() {
    return this._maxRetries;
  }

  // request_timeout - computed: false, optional: true, required: false
  private _requestTimeout?: string; 
  public get requestTimeout() {
    return this._requestTimeout;
  }
  public set requestTimeout(value: string | undefined) {
    this._requestTimeout = value;
  }
  public resetRequestTimeout() {
    this._requestTimeout = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get requestTimeoutInput() {
    return this._requestTimeout;
  }

  // retry_timeout - computed: false, optional: true, required: false
  private _retryTimeout?: string; 
  public get retryTimeout() {
    return this._retryTimeout;
  }
  public set retryTimeout(value: string | undefined) {
    this._retryTimeout = value;
  }
  public resetRetryTimeout() {
    this._retryTimeout = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get retryTimeoutInput() {
    return this._retryTimeout;
  }

  // alias - computed: false, optional: true, required: false
  private _alias?: string; 
  public get alias() {
    return this._alias;
  }
  public set alias(value: string | undefined) {
    this._alias = value;
  }
  public resetAlias() {
    this._alias = undefined;
  }
  // Temporarily expose input value. Use with caution.
  public get aliasInput() {
    return this._alias;
  }

  // =========
  // SYNTHESIS
  // =========

  protected synthesizeAttributes(): { [name: string]: any } {
    return {
      allow_unknown_permissions: cdktf.booleanToTerraform(this._allowUnknownPermissions),
      api_key: cdktf.stringToTerraform(this._apiKey),
      ca_certificate: cdktf.stringToTerraform(this._caCertificate),
      endpoint: cdktf.stringToTerraform(this._endpoint),
      insecure_skip_verify: cdktf.booleanToTerraform(this._insecureSkipVerify),
      max_concurrent_requests: cdktf.numberToTerraform(this._maxConcurrentRequests),
      max_retries: cdktf.numberToTerraform(this._maxRetries),
      request_timeout: cdktf.stringToTerraform(this._requestTimeout),
      retry_timeout: cdktf.stringToTerraform(this._retryTimeout),
      alias: cdktf.stringToTerraform(this._alias),
    };
  }

  protected synthesizeHclAttributes(): { [name: string]: any } {
    const attrs = {
      allow_unknown_permissions: {
        value: cdktf.booleanToHclTerraform(this._allowUnknownPermissions),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      api_key: {
        value: cdktf.stringToHclTerraform(this._apiKey),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      ca_certificate: {
        value: cdktf.stringToHclTerraform(this._caCertificate),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      endpoint: {
        value: cdktf.stringToHclTerraform(this._endpoint),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      insecure_skip_verify: {
        value: cdktf.booleanToHclTerraform(this._insecureSkipVerify),
        isBlock: false,
        type: "simple",
        storageClassType: "boolean",
      },
      max_concurrent_requests: {
        value: cdktf.numberToHclTerraform(this._maxConcurrentRequests),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      max_retries: {
        value: cdktf.numberToHclTerraform(this._maxRetries),
        isBlock: false,
        type: "simple",
        storageClassType: "number",
      },
      request_timeout: {
        value: cdktf.stringToHclTerraform(this._requestTimeout),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      retry_timeout: {
        value: cdktf.stringToHclTerraform(this._retryTimeout),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
      alias: {
        value: cdktf.stringToHclTerraform(this._alias),
        isBlock: false,
        type: "simple",
        storageClassType: "string",
      },
    };

    // remove undefined attributes
    return Object.fromEntries(Object.entries(attrs).filter(([_, value]) => value !== undefined && value.value !== undefined ))
  }
}
