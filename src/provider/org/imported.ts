import type { Org } from "../../integration-api/index.js";
import type { OrgState } from "./schema.js";
import { stateOf } from "./settings.js";

/** State of an imported organization, with the schema's defaults for everything that is not on the server. */
export const importedState = (org: Org): OrgState =>
  stateOf(org, { deletion_policy: "prevent", on_conflict: "fail", expose_ssh_ca: false });
