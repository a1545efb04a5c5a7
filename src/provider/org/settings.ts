import { unknown } from "../../bridge/sdk.js";
import type { Org, OrgChanges } from "../../integration-api/index.js";
import type { OrgApply, OrgState } from "./schema.js";

/** Attributes that a POST changes, and what the API calls them. */
const SETTINGS = {
  name: "name",
  settings_log_retention_days_request: "settingsLogRetentionDaysRequest",
  settings_log_retention_days_access: "settingsLogRetentionDaysAccess",
  settings_log_retention_days_action: "settingsLogRetentionDaysAction",
  settings_log_retention_days_connection: "settingsLogRetentionDaysConnection",
  settings_log_retention_days_ai_sessions: "settingsLogRetentionDaysAISessions",
  require_two_factor: "requireTwoFactor",
  max_session_length_hours: "maxSessionLengthHours",
  password_expiry_days: "passwordExpiryDays",
  settings_enable_global_newt_auto_update: "settingsEnableGlobalNewtAutoUpdate",
} as const satisfies Partial<Record<keyof OrgState, keyof Org>>;

/** What a community server answers with 200 and ignores. */
export const OTHER_EDITIONS_ONLY = [
  "require_two_factor",
  "max_session_length_hours",
  "password_expiry_days",
  "settings_enable_global_newt_auto_update",
] as const satisfies readonly (keyof typeof SETTINGS)[];

const entries = Object.entries(SETTINGS) as [keyof typeof SETTINGS, (typeof SETTINGS)[keyof typeof SETTINGS]][];

/** What of the plan the server does not have yet. */
export function changesOf(planned: OrgApply, org: Org): OrgChanges {
  const changed = entries.filter(([attribute, field]) => {
    const wanted = planned[attribute];
    return wanted !== unknown && wanted !== null && wanted !== org[field];
  });
  return Object.fromEntries(changed.map(([attribute, field]) => [field, planned[attribute]]));
}

/** The attributes that a server left as they were although it accepted the change. */
export const ignoredOf = (planned: OrgApply, org: Org): string[] => {
  const left = changesOf(planned, org);
  return entries.filter(([, field]) => field in left).map(([attribute]) => attribute);
};

/** State as the server tells it; what only Terraform knows is given. */
export function stateOf(org: Org, own: Pick<OrgState, "deletion_policy" | "on_conflict" | "expose_ssh_ca">): OrgState {
  const settings = Object.fromEntries(entries.map(([attribute, field]) => [attribute, org[field]])) as Pick<
    OrgState,
    keyof typeof SETTINGS
  >;
  return {
    ...own,
    ...settings,
    org_id: org.orgId,
    id: org.orgId,
    subnet: org.subnet,
    utility_subnet: org.utilitySubnet,
    created_at: org.createdAt,
    ssh_ca_public_key: own.expose_ssh_ca ? org.sshCaPublicKey : null,
    ssh_ca_private_key: own.expose_ssh_ca ? org.sshCaPrivateKey : null,
  };
}
