import * as z from "zod";
import { endpoint } from "./endpoint.js";

export const orgData = z.object({
  orgId: z.string(),
  name: z.string(),
  subnet: z.string().nullable(),
  utilitySubnet: z.string().nullable(),
  createdAt: z.string().nullable(),
  requireTwoFactor: z.boolean().nullable(),
  maxSessionLengthHours: z.number().nullable(),
  passwordExpiryDays: z.number().nullable(),
  settingsLogRetentionDaysRequest: z.number(),
  settingsLogRetentionDaysAccess: z.number(),
  settingsLogRetentionDaysAction: z.number(),
  settingsLogRetentionDaysConnection: z.number(),
  settingsLogRetentionDaysAISessions: z.number(),
  sshCaPrivateKey: z.string().nullable(),
  sshCaPublicKey: z.string().nullable(),
  settingsEnableGlobalNewtAutoUpdate: z.boolean().nullable().default(null),
});
export type Org = z.output<typeof orgData>;

/** What a new organization needs; it cannot be changed afterwards, its name excepted. */
export interface NewOrg {
  readonly orgId: string;
  readonly name: string;
  readonly subnet: string;
  readonly utilitySubnet: string;
}

/** What can be changed; left out: it stays. */
export type OrgChanges = Partial<Omit<Org, keyof NewOrg | "createdAt" | "sshCaPrivateKey" | "sshCaPublicKey">> & Partial<Pick<Org, "name">>;

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
/** A call that only other editions have: whatever comes back as JSON says that the server is one, the community's answers as to any unknown path. */
export const otherEditionOnly = endpoint({
  id: "listResourcePolicies",
  method: "GET",
  path: "/org/{orgId}/public-resource-policies",
  permission: "listResourcePolicies",
  rootOnly: false,
  repeatable: true,
  data: z.unknown(),
});
