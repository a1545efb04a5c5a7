import * as z from "zod";
import { overlap } from "../../integration-api/cidr.js";
import { failure, refuse, success } from "../answers.js";
import type { Handlers, Request } from "../route.js";
import { asStored, randomText, type StoredOrg } from "../store.js";
import { changesSomething, name, pageOf, validate } from "../validation.js";
import type { ServerFacts } from "../version.js";

const ID = /^[a-z0-9_]+(-[a-z0-9_]+)*$/;
const isCidr = (text: unknown): boolean => z.cidrv4().safeParse(text).success || z.cidrv6().safeParse(text).success;
const cidr = (what: string) =>
  z.string().check(z.cidrv4("Invalid IPv4 range"), ({ value, issues }) => {
    if (!isCidr(value)) issues.push({ code: "custom", message: `Invalid ${what} CIDR`, input: value });
  });

const createBody = z.strictObject({
  orgId: z
    .string()
    .min(1, "Organization ID is required")
    .max(32, "Organization ID must be at most 32 characters")
    .regex(
      ID,
      "Organization ID must contain only lowercase letters, numbers, underscores, and single hyphens (no leading, trailing, or consecutive hyphens)",
    ),
  name: name(),
  subnet: cidr("subnet"),
  utilitySubnet: cidr("utility subnet"),
});

/** Earlier servers took any text as an id. */
const createBodyOf = ({ server }: Pick<Request, "server">) =>
  server.since("1.18.4") ? createBody : createBody.extend({ orgId: z.string() });

const days = () => z.number().min(-1).optional();
const updateBody = z.strictObject({
  name: name().optional(),
  requireTwoFactor: z.boolean().optional(),
  maxSessionLengthHours: z.number().nullable().optional(),
  passwordExpiryDays: z.number().nullable().optional(),
  settingsLogRetentionDaysRequest: days(),
  settingsLogRetentionDaysAccess: days(),
  settingsLogRetentionDaysAction: days(),
  settingsLogRetentionDaysConnection: days(),
  settingsLogRetentionDaysAISessions: days(),
  settingsEnableGlobalNewtAutoUpdate: z.boolean().optional(),
});

const updateBodyOf = ({ server }: Pick<Request, "server">) =>
  z.strictObject(Object.fromEntries(Object.entries(updateBody.shape).filter(([field]) => !server.laterOrgFields.includes(field))));

const LICENSED = ["requireTwoFactor", "maxSessionLengthHours", "passwordExpiryDays"] as const;

const shownBy = (server: ServerFacts) => (org: StoredOrg) =>
  Object.fromEntries(Object.entries({ ...allOf(org), ...org.licensed }).filter(([field]) => !server.laterOrgFields.includes(field)));

const allOf = ({ retention, orgId, name: displayName, subnet, utilitySubnet, createdAt, sshCaPrivateKey, sshCaPublicKey }: StoredOrg) => ({
  orgId,
  name: displayName,
  subnet,
  utilitySubnet,
  createdAt,
  requireTwoFactor: null,
  maxSessionLengthHours: null,
  passwordExpiryDays: null,
  settingsLogRetentionDaysRequest: retention.Request,
  settingsLogRetentionDaysAccess: retention.Access,
  settingsLogRetentionDaysAction: retention.Action,
  settingsLogRetentionDaysConnection: retention.Connection,
  settingsLogRetentionDaysAISessions: retention.AISessions,
  sshCaPrivateKey,
  sshCaPublicKey,
  isBillingOrg: null,
  billingOrgId: null,
  settingsEnableGlobalNewtAutoUpdate: false,
});

export const handlers: Handlers = {
  checkId: ({ query, store }) => {
    const { orgId } = validate(z.strictObject({ orgId: z.string() }), query);
    if (store.org(orgId)) return success({}, "Organization ID already exists");
    return { ...success({}, "Organization ID is available", 404), status: 404 };
  },
  listOrgs: (request) => {
    const { store, server } = request;
    const { limit, offset } = pageOf(request);
    const orgs = store.data.orgs.slice(offset, offset + limit).map(shownBy(server));
    return success({ orgs, pagination: { total: store.data.orgs.length, limit, offset } }, "Organizations retrieved successfully");
  },
  getOrg: ({ params, store, server }) => {
    const org = store.org(params.orgId ?? "");
    return org ? success({ org: shownBy(server)(org) }, "Organization retrieved successfully") : notFound(params.orgId);
  },
  createOrg: ({ body, store, now, server }) => {
    const accepted = validate(createBodyOf({ server }), body);
    const { orgId, subnet, utilitySubnet } = accepted;
    if (store.org(orgId)) return refuse(409, `Organization with ID ${orgId} already exists`);
    if (overlap(subnet, utilitySubnet)) return refuse(400, `Subnet ${subnet} overlaps with utility subnet ${utilitySubnet}`);
    const org: StoredOrg = {
      orgId,
      name: asStored(accepted.name),
      subnet,
      utilitySubnet,
      createdAt: now.toISOString(),
      adminRoleId: store.nextNumber(),
      retention: { Request: 7, Access: 0, Action: 0, Connection: 0, AISessions: 7 },
      sshCaPrivateKey: randomText(400),
      sshCaPublicKey: `ssh-ed25519 ${randomText(68)} pangolin-ssh-ca-${orgId}`,
    };
    store.nextNumber();
    store.data.orgs.push(org);
    store.save();
    return success(shownBy(server)(org), "Organization created successfully", 201);
  },
  /** Settings of other editions are accepted and ignored. */
  updateOrg: ({ params, body, store, server }) => {
    const changes = validate(updateBodyOf({ server }), body) as Partial<z.output<typeof updateBody>>;
    changesSomething(changes);
    const org = store.org(params.orgId ?? "");
    if (!org) return notFound(params.orgId);
    const licensed = Object.fromEntries(LICENSED.flatMap((field) => (field in changes ? [[field, changes[field]]] : [])));
    if (!server.since("1.18.4")) org.licensed = { ...org.licensed, ...licensed };
    // What is ignored was taken out of the update, and an update of nothing failed.
    else if (!server.since("1.21.1") && Object.keys(licensed).length === Object.keys(changes).length)
      return refuse(500, "An error occurred");
    org.name = asStored(changes.name ?? org.name);
    for (const kind of ["Request", "Access", "Action", "Connection", "AISessions"] as const)
      org.retention[kind] = changes[`settingsLogRetentionDays${kind}`] ?? org.retention[kind];
    store.save();
    return success(shownBy(server)(org), "Organization updated successfully");
  },
  /** The handler of later servers wants a signed-in user, which a key is not. */
  deleteOrg: ({ params, store, server }) => {
    if (server.since("1.18.4")) return failure(500, "An error occurred...");
    if (!store.org(params.orgId ?? "")) return notFound(params.orgId);
    store.removeOrg(params.orgId ?? "");
    return success(null, "Organization deleted successfully");
  },
};

const notFound = (orgId: string | undefined) => refuse(404, `Organization with ID ${orgId} not found`);
