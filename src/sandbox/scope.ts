import { refuse } from "./answers.js";
import type { Request } from "./route.js";

/**
 * The checks before the permission check: the objects in the request exist and belong to the key's organization.
 * Most checks let a root key pass.
 */
type Check = (value: string, request: Request) => void;

const NO_ACCESS = "Key does not have access to this organization";

const numbered =
  (name: string, invalid: string | undefined, rootIsChecked: boolean): Check =>
  (value, { key }) => {
    const id = Number.parseInt(value, 10);
    if (Number.isNaN(id) && invalid !== undefined) refuse(400, invalid);
    if (key.isRoot && !rootIsChecked) return;
    refuse(404, `${name} with ID ${Number.isNaN(id) || invalid === undefined ? value : id} not found`);
  };

const CHECKS: Readonly<Record<string, Check>> = {
  orgId: (orgId, { key, store }) => {
    if (!key.isRoot && !store.belongsTo(key.apiKeyId, orgId)) refuse(403, NO_ACCESS);
  },
  siteId: (value, { key, store }) => {
    const siteId = Number.parseInt(value, 10);
    if (Number.isNaN(siteId)) refuse(400, "Invalid site ID");
    if (key.isRoot) return;
    const site = store.site(siteId);
    if (!site) return refuse(404, `Site with ID ${siteId} not found`);
    if (!store.belongsTo(key.apiKeyId, site.orgId)) refuse(403, NO_ACCESS);
  },
  siteResourceId: (value, { key }) => {
    if (Number.isNaN(Number.parseInt(value, 10))) refuse(400, "Missing siteResourceId parameter");
    if (!key.isRoot) refuse(404, "Site resource not found");
  },
  roleId: (_, request) => checkRoles(request),
  userIds: (_, request) => requireBody(request, "userId"),
  clientIds: (_, request) => requireBody(request, "clientId"),
  userId: (userId, { key, params, store }) => {
    if (key.isRoot) return;
    const { orgId } = params;
    if (orgId === undefined) return refuse(403, "Key does not have organization access");
    if (userId !== store.serverAdmin.userId) refuse(403, "Key does not have access to this user");
  },
  domainId: (domainId, { key, params, store }) => {
    if (!key.isRoot && domainId !== store.domainId) refuse(404, `Domain with ID ${domainId} not found in organization ${params.orgId}`);
  },
  idpId: (value, { key, params }) => {
    const idpId = Number.parseInt(value, 10);
    if (Number.isNaN(idpId)) refuse(400, "Invalid IDP ID");
    if (!key.isRoot) refuse(404, `IdP with ID ${idpId} not found for organization ${params.orgId}`);
  },
  providerId: (value, { params }) => {
    const { niceId } = params;
    if (niceId === undefined && Number.isNaN(Number.parseInt(value, 10))) refuse(400, "Invalid provider ID");
    refuse(404, `AI provider with ID ${niceId ?? value} not found`);
  },
  modelId: numbered("AI model", "Invalid model ID", true),
  budgetId: numbered("AI budget", "Invalid budget ID", true),
  clientId: numbered("Client", "Invalid client ID", false),
  targetId: numbered("Target", "Invalid target ID", true),
  resourceId: numbered("Resource", undefined, true),
  resourcePolicyId: numbered("Resource policy", undefined, true),
  virtualApiKeyId: numbered("Virtual API key", undefined, true),
  accessTokenId: numbered("Access token", undefined, true),
};

/** The real server reads the body before it looks whether there is one. */
function requireBody({ body, params }: Request, property: string): void {
  if (body === undefined && params[property] === undefined) refuse(500, `Cannot read properties of undefined (reading '${property}')`);
}

/** `roleId` wherever it stands, otherwise the body's `roleIds`; none is not a fault here. */
function checkRoles({ params, query, body, key, store }: Request): void {
  if (body === undefined && params.roleId === undefined) refuse(500, "Error verifying role access");
  const given = (typeof body === "object" && body !== null ? body : {}) as { roleId?: unknown; roleIds?: unknown };
  const single = Number.parseInt(String(params.roleId ?? given.roleId ?? query.roleId), 10);
  if (Number.isNaN(single) && given.roleIds && !Array.isArray(given.roleIds)) refuse(500, "Error verifying role access");
  const ids: unknown[] = Number.isNaN(single) ? ((given.roleIds as unknown[] | undefined) ?? []) : [single];
  for (const id of ids) {
    const role = store.role(Number(id));
    if (!role) return refuse(404, "One or more roles not found");
    if (!key.isRoot && !store.belongsTo(key.apiKeyId, role.orgId))
      refuse(403, `Key does not have access to organization for role ID ${role.roleId}`);
  }
}

/** `names` as the recorded facts have them: parameters, and lists of a body that concern things the sandbox has none of. */
export function checkScope(names: readonly string[], request: Request): void {
  const { params, query, body } = request;
  for (const name of names) {
    const [parameter = ""] = name.split(" ");
    const inBody = (body as Record<string, unknown> | undefined)?.[parameter];
    CHECKS[parameter]?.(String(params[parameter] ?? inBody ?? query[parameter] ?? ""), request);
  }
}
