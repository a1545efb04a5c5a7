import { DiagnosticError, type Diagnostics } from "../bridge/sdk.js";
import type { IntegrationApi } from "../integration-api/index.js";
import { PermissionOwners } from "./permission-owners.js";

/** What the provider's configuration gave: a server to talk to, or not yet. */
export class Session {
  readonly owners = new PermissionOwners();
  #warnedOfUnknown = false;

  constructor(
    /** undefined: the endpoint or the key is not known yet, so nothing can be sent. */
    readonly api: IntegrationApi | undefined,
    readonly options: { readonly allowUnknownPermissions: boolean },
  ) {}

  /** For reads: with an unknown server they give back what was stored, and one warning says so. */
  apiOrWarn(diagnostics: Diagnostics): IntegrationApi | undefined {
    if (!this.api && !this.#warnedOfUnknown) {
      this.#warnedOfUnknown = true;
      diagnostics.warning(
        "Pangolin is not known yet",
        "The provider's endpoint or api_key becomes known only at apply, so stored values are shown without a look at the server.",
      );
    }
    return this.api;
  }

  /** For writes and data sources, which cannot do without a server. */
  requireApi(): IntegrationApi {
    if (this.api) return this.api;
    throw new DiagnosticError(
      "Pangolin is not known yet",
      "The provider's endpoint or api_key is still unknown. Apply what they depend on first, e.g. with -target, and run Terraform again.",
    );
  }
}
