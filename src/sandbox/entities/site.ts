import { isIP, isIPv4 } from "node:net";
import { overlap } from "../../integration-api/cidr.js";
import { failure, refuse, success } from "../answers.js";
import { factsOf, queryOf } from "../facts.js";
import type { Handlers, Request } from "../route.js";
import { objectOf, schemaOf } from "../schema-of.js";
import { asStored, randomText, type StoredSite } from "../store.js";
import { changesSomething, validate } from "../validation.js";

/** Sites of the type `local`, which need nothing but a name: enough to try what a key may do. */

const createBody = schemaOf({ ...factsOf("createSite").body, required: true }, "json");
const updateBody = schemaOf({ ...factsOf("updateSite").body, required: true }, "json");

/** A local site has no use for an address, and it is looked at all the same. */
function checkAddress(address: string, subnet: string): void {
  if (isIP(address) === 0) refuse(400, "Invalid address format. Please provide a valid IP notation.");
  if (!isIPv4(address) || !overlap(`${address}/32`, subnet)) refuse(400, "IP is not in the CIDR range of the subnet.");
}

const siteIdOf = (operation: string, { params }: Pick<Request, "params">): number =>
  (validate(objectOf(factsOf(operation).pathParams, false, "text"), params) as { siteId: number }).siteId;

const shown = ({ siteId, orgId, niceId, name: displayName, dockerSocketEnabled }: StoredSite) => ({
  siteId,
  orgId,
  niceId,
  exitNodeId: null,
  networkId: null,
  name: displayName,
  pubKey: null,
  exitNodeSubnet: "0.0.0.0/32",
  megabytesIn: 0,
  megabytesOut: 0,
  lastBandwidthUpdate: null,
  type: "local",
  online: true,
  lastPing: null,
  address: null,
  endpoint: null,
  localEndpoints: null,
  publicKey: null,
  lastHolePunch: null,
  listenPort: null,
  dockerSocketEnabled,
  autoUpdateEnabled: false,
  autoUpdateOverrideOrg: false,
  status: "approved",
});
const readAlone = (site: StoredSite) => ({ ...shown(site), newtId: null, newtVersion: null, countryCode: null });
const listed = ({ siteId, niceId, name: displayName }: StoredSite, orgName: string) => ({
  siteId,
  niceId,
  name: displayName,
  pubKey: null,
  subnet: "0.0.0.0/32",
  megabytesIn: 0,
  megabytesOut: 0,
  orgName,
  type: "local",
  address: null,
  newtVersion: null,
  exitNodeId: null,
  exitNodeName: null,
  exitNodeEndpoint: null,
  remoteExitNodeId: null,
  resourceCount: 0,
  status: "approved",
  newtUpdateAvailable: false,
  labels: [],
});

interface Wanted {
  readonly page: number;
  readonly pageSize: number;
  readonly query?: string;
  readonly sort_by?: "name" | "megabytesIn" | "megabytesOut";
  readonly order: "asc" | "desc";
  readonly online?: "true" | "false";
  readonly status?: "pending" | "approved";
}

/** A local site is online and approved from the start. */
const isWanted = ({ name: displayName, niceId }: StoredSite, { query = "", online, status }: Wanted): boolean =>
  online !== "false" && status !== "pending" && [displayName, niceId].some((text) => text.toLowerCase().includes(query.toLowerCase()));

/** The order counts only where a field is named; of no local site is there any traffic to sort by. */
const sorted = (sites: readonly StoredSite[], { sort_by, order }: Wanted): StoredSite[] => {
  if (sort_by !== undefined && sort_by !== "name") return [...sites];
  const [before, after] = sort_by === "name" && order === "desc" ? [1, -1] : [-1, 1];
  return [...sites].sort((a, b) => (a.name < b.name ? before : after));
};

export const handlers: Handlers = {
  createSite: ({ params, body, store }) => {
    const accepted = validate(createBody, body) as { name: string; type: string; niceId?: string; address?: string };
    const orgId = params.orgId ?? "";
    const org = store.org(orgId);
    if (!org) return refuse(404, `Organization with ID ${orgId} not found`);
    if (accepted.address) checkAddress(accepted.address, org.subnet);
    if (accepted.type !== "local") return failure(501, `The sandbox makes sites of the type local only, not ${accepted.type}`);
    const niceId = accepted.niceId ?? `site-${randomText(12)}`;
    if (store.data.sites.some((site) => site.orgId === orgId && site.niceId === niceId))
      return refuse(409, `Nice ID ${niceId} already exists. Please choose a different one.`);
    const site: StoredSite = {
      siteId: store.nextNumber(),
      orgId,
      niceId,
      name: asStored(accepted.name),
      dockerSocketEnabled: false,
      autoUpdateOverrideOrg: false,
    };
    store.data.sites.push(site);
    store.save();
    return success(shown(site), "Site created successfully", 201);
  },
  listSites: (request) => {
    const { params, store } = request;
    const wanted = queryOf("listSites", request) as unknown as Wanted;
    const org = store.org(params.orgId ?? "");
    const all = sorted(
      store.data.sites.filter((site) => site.orgId === org?.orgId && isWanted(site, wanted)),
      wanted,
    );
    const { page, pageSize } = wanted;
    const sites = all.slice((page - 1) * pageSize, page * pageSize).map((site) => listed(site, org?.name ?? ""));
    return success({ sites, pagination: { total: all.length, pageSize, page } }, "Sites retrieved successfully");
  },
  getSite: ({ params, store }) => {
    const site = store.data.sites.find(({ orgId, niceId }) => orgId === params.orgId && niceId === params.niceId);
    return site ? success(readAlone(site), "Site retrieved successfully") : refuse(404, "Site not found");
  },
  getSiteOfSite: (request) => {
    const site = request.store.site(siteIdOf("getSiteOfSite", request));
    return site ? success(readAlone(site), "Site retrieved successfully") : refuse(404, "Site not found");
  },
  updateSite: (request) => {
    const { body, store } = request;
    const siteId = siteIdOf("updateSite", request);
    const changes = validate(updateBody, body) as Partial<StoredSite>;
    changesSomething(changes);
    const site = store.site(siteId);
    if (!site) return refuse(404, `Site with ID ${siteId} not found`);
    const taken = store.data.sites.some((other) => other.siteId !== siteId && other.niceId === changes.niceId);
    if (taken) return refuse(409, `A site with niceId "${changes.niceId}" already exists`);
    site.name = asStored(changes.name ?? site.name);
    site.niceId = changes.niceId ?? site.niceId;
    site.dockerSocketEnabled = changes.dockerSocketEnabled ?? site.dockerSocketEnabled;
    store.save();
    return success(shown(site), "Site updated successfully");
  },
  deleteSite: (request) => {
    const { store } = request;
    const siteId = siteIdOf("deleteSite", request);
    if (!store.site(siteId)) return refuse(404, `Site with ID ${siteId} not found`);
    store.data.sites = store.data.sites.filter((site) => site.siteId !== siteId);
    store.save();
    return success(null, "Site deleted successfully");
  },
};
