import * as z from "zod";
import { at, computed, type Diagnostics, optionalComputed, type Planned, required, type Settled, type State } from "../../bridge/sdk.js";
import { displayName } from "../display-name.js";
import { pathId } from "../path-id.js";

const MAX_ID_LENGTH = 32;
const ORG_ID = /^[a-z0-9_]+(-[a-z0-9_]+)*$/;

const cidr = () => z.cidrv4("Expected an IPv4 network such as 100.90.128.0/24");
const days = (of: string) =>
  optionalComputed(
    z.number().min(-1, "The minimum is -1, which keeps the log for ever"),
    `Days to keep the ${of} log: 0 keeps nothing, -1 keeps it for ever. If omitted, the setting is not changed.`,
    { useStateForUnknown: true },
  );
const OTHER_EDITIONS = "An error on a server of the Community Edition, which ignores it.";

export const schema = z.object({
  org_id: required(
    pathId(),
    "Id of the organization: at most 32 lower-case letters, digits, underscores and single inner hyphens. It cannot be changed.",
  ),
  name: optionalComputed(
    displayName(),
    "Display name. Left out: an organization that exists keeps its name, a new one is named by its id.",
    { useStateForUnknown: true },
  ),
  subnet: optionalComputed(
    cidr(),
    "IPv4 network of the organization's clients, such as `100.90.128.0/24`. A new organization needs it. It cannot be changed.",
    { useStateForUnknown: true },
  ),
  utility_subnet: optionalComputed(
    cidr(),
    "IPv4 network of aliases and DNS. Must not overlap `subnet`. A new organization needs it. It cannot be changed.",
    { useStateForUnknown: true },
  ),
  settings_log_retention_days_request: days("request"),
  settings_log_retention_days_access: days("access"),
  settings_log_retention_days_action: days("action"),
  settings_log_retention_days_connection: days("connection"),
  settings_log_retention_days_ai_sessions: days("AI sessions"),
  require_two_factor: optionalComputed(z.boolean(), `Whether members must use two-factor authentication. ${OTHER_EDITIONS}`, {
    useStateForUnknown: true,
  }),
  max_session_length_hours: optionalComputed(z.number().positive(), `Hours after which members sign in again. ${OTHER_EDITIONS}`, {
    useStateForUnknown: true,
  }),
  password_expiry_days: optionalComputed(z.number().positive(), `Days after which members choose a new password. ${OTHER_EDITIONS}`, {
    useStateForUnknown: true,
  }),
  settings_enable_global_newt_auto_update: optionalComputed(z.boolean(), `Whether sites update Newt automatically. ${OTHER_EDITIONS}`, {
    useStateForUnknown: true,
  }),
  deletion_policy: optionalComputed(
    z.enum(["prevent", "abandon", "delete"]),
    "What a destroy does: `prevent` refuses it, `abandon` leaves the organization on the server, `delete` deletes it with everything in it. The value in the state decides, so apply a change before you destroy.",
    { default: "prevent" },
  ),
  on_conflict: optionalComputed(
    z.enum(["fail", "adopt"]),
    "What a create does if the organization exists: `fail` with instructions to import it, or `adopt` it.",
    { default: "fail" },
  ),
  expose_ssh_ca: optionalComputed(
    z.boolean(),
    "Whether to store the key pair of the organization's SSH certificate authority in the state.",
    { default: false },
  ),
  id: computed(z.string(), "The same as `org_id`.", { useStateForUnknown: true }),
  created_at: computed(z.string(), "When the organization was created (RFC 3339, UTC).", { useStateForUnknown: true }),
  ssh_ca_public_key: computed(z.string(), "Public key of the SSH certificate authority; null unless `expose_ssh_ca`."),
  ssh_ca_private_key: computed(
    z.string(),
    "Private key of the SSH certificate authority, encrypted by the server; null unless `expose_ssh_ca`.",
    { sensitive: true },
  ),
});

/** Format of the id of a new organization. Older servers accepted others, which can be imported. */
export function requireOrgId(orgId: unknown, diagnostics: Diagnostics): void {
  if (typeof orgId !== "string" || (orgId.length <= MAX_ID_LENGTH && ORG_ID.test(orgId))) return;
  diagnostics.error(
    "Invalid org_id",
    `An organization's id has at most ${MAX_ID_LENGTH} lower-case letters, digits, underscores and single hyphens, with no hyphen at its start or end; "${orgId}" is none.`,
    at("org_id"),
  );
}

export type OrgShape = typeof schema.shape;
export type OrgState = State<OrgShape>;
export type OrgPlan = Planned<OrgShape>;
export type OrgApply = Settled<OrgShape>;
