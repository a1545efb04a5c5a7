import type { Org } from "../../integration-api/index.js";
import type { OrgState } from "./schema.js";
import { stateOf } from "./settings.js";

/** The state of an organization that somebody else made: what the server does not hold is as the schema's defaults say. */
export const importedState = (org: Org): OrgState =>
  stateOf(org, { deletion_policy: "prevent", on_conflict: "fail", expose_ssh_ca: false });
