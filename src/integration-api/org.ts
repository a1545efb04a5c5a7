import * as z from "zod";
import { endpoint } from "./endpoint.js";
import { orNull, told } from "./told.js";

/** Settings came and come with releases, so all but the id and the name may be missing. */
const orgData = z.object({
  orgId: z.string(),
  name: z.string(),
  subnet: orNull(z.string()),
  utilitySubnet: orNull(z.string()),
  createdAt: orNull(z.string()),
  requireTwoFactor: told(z.boolean()),
  maxSessionLengthHours: told(z.number()),
  passwordExpiryDays: told(z.number()),
  settingsLogRetentionDaysRequest: told(z.number()),
  settingsLogRetentionDaysAccess: told(z.number()),
  settingsLogRetentionDaysAction: told(z.number()),
  settingsLogRetentionDaysConnection: told(z.number()),
  settingsLogRetentionDaysAISessions: told(z.number()),
  sshCaPrivateKey: orNull(z.string()),
  sshCaPublicKey: orNull(z.string()),
  isBillingOrg: told(z.boolean()),
  settingsEnableGlobalNewtAutoUpdate: told(z.boolean()),
});
export type Org = z.output<typeof orgData>;

/** The settings that a POST changes. */
export type OrgSetting = Exclude<keyof Org, keyof NewOrg | "createdAt" | "sshCaPrivateKey" | "sshCaPublicKey" | "isBillingOrg">;

/** What a new organization needs; it cannot be changed afterwards, its name excepted. */
export interface NewOrg {
  readonly orgId: string;
  readonly name: string;
  readonly subnet: string;
  readonly utilitySubnet: string;
}

/** What can be changed; left out: it stays. */
export type OrgChanges = Partial<Pick<Org, OrgSetting | "name">>;

const org = "/org/{orgId}";

export const getOrg = endpoint({
  id: "getOrg",
  method: "GET",
  path: org,
  permission: "getOrg",
  rootOnly: false,
  repeatable: true,
  data: z.object({ org: orgData }),
});
export const listOrgs = endpoint({
  id: "listOrgs",
  method: "GET",
  path: "/orgs",
  permission: "listOrgs",
  rootOnly: true,
  repeatable: true,
  data: z.object({ orgs: z.array(orgData) }),
});
export const createOrg = endpoint({
  id: "createOrg",
  method: "PUT",
  path: "/org",
  permission: "createOrg",
  rootOnly: true,
  repeatable: false,
  data: orgData,
});
export const updateOrg = endpoint({
  id: "updateOrg",
  method: "POST",
  path: org,
  permission: "updateOrg",
  rootOnly: false,
  repeatable: true,
  data: orgData,
});
export const deleteOrg = endpoint({
  id: "deleteOrg",
  method: "DELETE",
  path: org,
  permission: "deleteOrg",
  rootOnly: true,
  repeatable: true,
  data: z.unknown(),
});
/** A call that only other editions have, and had before any other: whatever comes back as JSON says that the server is one, the community's answers as to any unknown path. */
export const otherEditionOnly = endpoint({
  id: "queryActionAuditLogs",
  method: "GET",
  path: "/org/{orgId}/logs/action",
  permission: "exportLogs",
  rootOnly: false,
  repeatable: true,
  data: z.unknown(),
});
