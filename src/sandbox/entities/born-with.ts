import type * as z from "zod";
import { refuse, success } from "../answers.js";
import { factsOf, queryOf } from "../facts.js";
import type { Handlers, Request } from "../route.js";
import { objectOf } from "../schema-of.js";
import type { BornRole, Store } from "../store.js";
import { validate } from "../validation.js";

/** What every organization has from the start: two roles, the server's administrator as its owner, and the domain of the configuration. */

const SSH = { requireDeviceApproval: false, sshSudoMode: "full", sshSudoCommands: "[]", sshCreateHomeDir: true, sshUnixGroups: "[]" };

const roleNamed = ({ roleId, orgId, isAdmin }: BornRole) => ({
  roleId,
  orgId,
  isAdmin: isAdmin || null,
  name: isAdmin ? "Admin" : "Member",
  description: isAdmin ? "Admin role with the most permissions" : "Members can only view resources",
});

const roleOf = (operation: string, { params, store }: Request): BornRole | undefined => {
  const schema = objectOf(factsOf(operation).pathParams, false, "text") as z.ZodType<{ readonly roleId: number }>;
  return store.role(validate(schema, params).roleId);
};

const pageOf = <Row>(rows: readonly Row[], { page, pageSize }: Readonly<Record<string, unknown>>) => {
  const [number, size] = [Number(page), Number(pageSize)];
  return { rows: rows.slice((number - 1) * size, number * size), pagination: { total: rows.length, page: number, pageSize: size } };
};

const orgOf = ({ params, store }: Request) => store.org(params.orgId ?? "");

export const handlers: Handlers = {
  listRoles: (request) => {
    const query = queryOf("listRoles", request);
    const org = orgOf(request);
    const all = org
      ? request.store.rolesOf(org).map((role) => ({ ...roleNamed(role), orgName: org.name, ...SSH, allowSsh: role.isAdmin }))
      : [];
    const { rows, pagination } = pageOf(all, query);
    return success({ roles: rows, pagination }, "Roles retrieved successfully");
  },
  getRole: (request) => {
    const role = roleOf("getRole", request);
    if (!role) return refuse(404, `Role with ID ${request.params.roleId} not found`);
    return success({ ...roleNamed(role), ...SSH }, "Role retrieved successfully");
  },
  listAiBudgetsForRole: (request) =>
    roleOf("listAiBudgetsForRole", request)
      ? success({ budgets: [] }, "AI budgets retrieved successfully")
      : refuse(404, "One or more roles not found"),
  listUsers: (request) => {
    const query = queryOf("listUsers", request);
    const org = orgOf(request);
    const { rows, pagination } = pageOf(org ? [ownerShown(org.orgId, org.adminRoleId, request.store)] : [], query);
    return success({ users: rows, pagination }, "Users retrieved successfully");
  },
  listDomains: (request) => {
    const { limit, offset } = queryOf("listDomains", request);
    const domains = orgOf(request) ? [domainShown(request.store)] : [];
    return success(
      { domains: domains.slice(Number(offset), Number(offset) + Number(limit)), pagination: { total: domains.length, limit, offset } },
      "Domains retrieved successfully",
    );
  },
};

const ownerShown = (orgId: string, adminRoleId: number, { serverAdmin }: Store) => ({
  id: serverAdmin.userId,
  email: "admin@example.test",
  emailVerified: true,
  dateCreated: serverAdmin.dateCreated,
  orgId,
  username: "admin@example.test",
  name: null,
  type: "internal",
  isOwner: true,
  idpName: null,
  idpId: null,
  idpType: null,
  idpVariant: null,
  twoFactorEnabled: false,
  roles: [{ roleId: adminRoleId, roleName: "Admin" }],
});

const domainShown = ({ domainId }: Store) => ({
  domainId,
  baseDomain: "example.test",
  verified: true,
  type: "wildcard",
  failed: false,
  tries: 0,
  configManaged: true,
  certResolver: null,
  preferWildcardCert: null,
  errorMessage: null,
});
