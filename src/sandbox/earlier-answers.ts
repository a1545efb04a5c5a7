import type { Answer } from "./answers.js";
import type { ServerFacts } from "./version.js";

type Data = Record<string, unknown>;

const without = (data: Data, names: readonly string[]): Data =>
  Object.fromEntries(Object.entries(data).filter(([name]) => !names.includes(name)));

const LATER_SITE_FIELDS = ["localEndpoints", "autoUpdateEnabled", "autoUpdateOverrideOrg", "countryCode"];
const SITE_FIELDS_SINCE_1_18 = ["networkId", "lastPing", "status", "newtVersion"];
const ROLE_FIELDS_SINCE_1_18 = ["requireDeviceApproval", "sshSudoMode", "sshSudoCommands", "sshCreateHomeDir", "sshUnixGroups", "allowSsh"];

function site({ exitNodeSubnet, ...data }: Data, server: ServerFacts): Data {
  const later = [...(server.since("1.21.1") ? [] : LATER_SITE_FIELDS), ...(server.since("1.18.4") ? [] : SITE_FIELDS_SINCE_1_18)];
  return without({ ...data, subnet: exitNodeSubnet }, later);
}

/** A member's role could not use sudo; before that, roles knew nothing of SSH. */
function role(data: Data, server: ServerFacts): Data {
  if (!server.since("1.18.4")) return without(data, ROLE_FIELDS_SINCE_1_18);
  return data.isAdmin ? data : { ...data, sshSudoMode: "none" };
}

/** A user had one role. */
function user({ roles, ...data }: Data, server: ServerFacts): Data {
  if (server.since("1.18.4")) return { ...data, roles };
  const [first] = roles as readonly Data[];
  return { ...data, roleId: first?.roleId, roleName: first?.roleName };
}

const rows = (name: string, change: (row: Data, server: ServerFacts) => Data) => (data: Data, server: ServerFacts) => ({
  ...data,
  [name]: (data[name] as readonly Data[]).map((row) => change(row, server)),
});

/** Lists were read by limit and offset, all of them at once as a rule. */
function byOffset(data: Data, server: ServerFacts): Data {
  const { total } = data.pagination as Data;
  return server.since("1.18.4") ? data : { ...data, pagination: { total, limit: 1000, offset: 0 } };
}

/** How earlier servers answer otherwise, by operation. */
const CHANGES: Readonly<Record<string, (data: Data, server: ServerFacts) => Data>> = {
  createSite: site,
  updateSite: site,
  getSite: site,
  getSiteOfSite: site,
  getRole: role,
  listRoles: (data, server) => byOffset(rows("roles", role)(data, server), server),
  listUsers: (data, server) => byOffset(rows("users", user)(data, server), server),
  listDomains: rows("domains", (row, server) => (server.since("1.18.4") ? row : without(row, ["errorMessage"]))),
  listSites: byOffset,
  listClients: byOffset,
  listResources2: byOffset,
  listAllSiteResourcesByOrg: (data, server) => (server.since("1.18.4") ? data : without(data, ["pagination"])),
};

export function asAnsweredBy(server: ServerFacts, operation: string, answer: Answer): Answer {
  const change = CHANGES[operation];
  if (!change || server.since("1.22.0") || answer.status >= 300) return answer;
  const envelope = JSON.parse(answer.body) as { data: Data };
  return { ...answer, body: JSON.stringify({ ...envelope, data: change(envelope.data, server) }) };
}
