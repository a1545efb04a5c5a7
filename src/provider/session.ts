import { DiagnosticError, type Diagnostics } from "../bridge/sdk.js";
import type { IntegrationApi } from "../integration-api/index.js";
import { ImportConflicts } from "./import-conflicts.js";
import { PermissionOwners } from "./permission-owners.js";
import { Successions } from "./successions.js";

/** Result of the provider configuration: a client, or none while the endpoint or the key is unknown. */
export class Session {
  readonly owners = new PermissionOwners();
  readonly successions = new Successions();
  readonly importConflicts = new ImportConflicts();
  #warnedOfUnknown = false;

  constructor(
    /** undefined: the endpoint or the key is unknown, so no request can be sent. */
    readonly api: IntegrationApi | undefined,
    readonly options: { readonly allowUnknownPermissions: boolean },
  ) {}

  /** For reads: without a client they return the stored state, with one warning. */
  apiOrWarn(diagnostics: Diagnostics): IntegrationApi | undefined {
    if (!this.api && !this.#warnedOfUnknown) {
      this.#warnedOfUnknown = true;
      diagnostics.warning(
        "Pangolin is not known yet",
        "The provider's endpoint, api_key or ca_certificate is not known until apply, so resources were not refreshed.",
      );
    }
    return this.api;
  }

  /** For writes and data sources, which need a client. */
  requireApi(): IntegrationApi {
    if (this.api) return this.api;
    throw new DiagnosticError(
      "Pangolin is not known yet",
      "The provider's endpoint, api_key or ca_certificate is not known until apply, but this needs it earlier. There are four ways out: " +
        "apply what they depend on first, with -target (OpenTofu 1.9: or leave this out with -exclude), and run Terraform again; " +
        "give the data source a depends_on on what they depend on, so that it is read in the apply; " +
        "keep what they depend on in a configuration of its own; " +
        "or give the endpoint and the key as variables or in the environment.",
    );
  }
}
