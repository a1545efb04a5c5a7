import { unknown } from "../../bridge/sdk.js";
import type { Org, OrgChanges } from "../../integration-api/index.js";
import type { OrgApply, OrgState } from "./schema.js";

/** Attributes that a POST changes, with their names in the API. */
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

/** Settings that require a licence: a community server answers 200 and ignores them. */
export const LICENSED = [
  "require_two_factor",
  "max_session_length_hours",
  "password_expiry_days",
  "settings_enable_global_newt_auto_update",
] as const satisfies readonly (keyof typeof SETTINGS)[];

export type Setting = keyof typeof SETTINGS;
const entries = Object.entries(SETTINGS) as [Setting, (typeof SETTINGS)[Setting]][];

/** The settings that a configuration sets. */
export const settingsIn = (config: Readonly<Partial<Record<Setting, unknown>>>): Setting[] =>
  entries.flatMap(([attribute]) => (isValue(config[attribute]) ? [attribute] : []));

const isValue = (value: unknown): boolean => value !== unknown && value !== null && value !== undefined;

/** The settings whose planned value the server does not have. */
export const differing = (planned: Readonly<Partial<Record<Setting, unknown>>>, org: Org): Setting[] =>
  entries.flatMap(([attribute, field]) => (isValue(planned[attribute]) && planned[attribute] !== (org[field] ?? null) ? [attribute] : []));

/** The body of an update. The server refuses a body with a field that it does not support. */
export const bodyOf = (settings: readonly Setting[], planned: OrgApply): OrgChanges =>
  Object.fromEntries(settings.map((attribute) => [SETTINGS[attribute], planned[attribute]]));

/** Whether a server with these fields supports a setting. */
export const hasSetting = (fields: ReadonlySet<string>, attribute: Setting): boolean => fields.has(SETTINGS[attribute]);

/** The settings in an answer; null for those that are missing. */
export const settingsOf = (org: Org): Pick<OrgState, Setting> =>
  Object.fromEntries(entries.map(([attribute, field]) => [attribute, org[field] ?? null])) as Pick<OrgState, Setting>;

/** State from an answer, plus the attributes that only Terraform knows. */
export function stateOf(org: Org, own: Pick<OrgState, "deletion_policy" | "on_conflict" | "expose_ssh_ca">): OrgState {
  return {
    ...own,
    ...settingsOf(org),
    org_id: org.orgId,
    id: org.orgId,
    subnet: org.subnet,
    utility_subnet: org.utilitySubnet,
    created_at: org.createdAt,
    ssh_ca_public_key: own.expose_ssh_ca ? org.sshCaPublicKey : null,
    ssh_ca_private_key: own.expose_ssh_ca ? org.sshCaPrivateKey : null,
  };
}
