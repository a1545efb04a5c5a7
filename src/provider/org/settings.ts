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

/** What a community server answers with 200 and ignores, since it asks for a licence. */
export const LICENSED = [
  "require_two_factor",
  "max_session_length_hours",
  "password_expiry_days",
  "settings_enable_global_newt_auto_update",
] as const satisfies readonly (keyof typeof SETTINGS)[];

export type Setting = keyof typeof SETTINGS;
const entries = Object.entries(SETTINGS) as [Setting, (typeof SETTINGS)[Setting]][];

/** The settings of a configuration that say something. */
export const settingsIn = (config: Readonly<Partial<Record<Setting, unknown>>>): Setting[] =>
  entries.flatMap(([attribute]) => (isValue(config[attribute]) ? [attribute] : []));

const isValue = (value: unknown): boolean => value !== unknown && value !== null && value !== undefined;

/** The settings whose planned value the server does not have. */
export const differing = (planned: Readonly<Partial<Record<Setting, unknown>>>, org: Org): Setting[] =>
  entries.flatMap(([attribute, field]) => (isValue(planned[attribute]) && planned[attribute] !== (org[field] ?? null) ? [attribute] : []));

/** The body of an update; a field that the server does not have would have it refuse the whole. */
export const bodyOf = (settings: readonly Setting[], planned: OrgApply): OrgChanges =>
  Object.fromEntries(settings.map((attribute) => [SETTINGS[attribute], planned[attribute]]));

/** Whether a server with these fields has a setting. */
export const hasSetting = (fields: ReadonlySet<string>, attribute: Setting): boolean => fields.has(SETTINGS[attribute]);

/** The settings as the server tells them; null: it does not. */
export const settingsOf = (org: Org): Pick<OrgState, Setting> =>
  Object.fromEntries(entries.map(([attribute, field]) => [attribute, org[field] ?? null])) as Pick<OrgState, Setting>;

/** State as the server tells it; what only Terraform knows is given. */
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
