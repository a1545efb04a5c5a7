import {
  at,
  DiagnosticError,
  type ImportContext,
  resource,
  type StateContext,
  type UpdateContext,
  unknown,
  type WriteContext,
} from "../../bridge/sdk.js";
import { type IntegrationApi, isAmbiguous, isIntegrationApiError, type Org } from "../../integration-api/index.js";
import { markEndpoint, organizationIsGone, requireOrganization } from "../organization.js";
import type { Session } from "../session.js";
import { checkSettings, rememberIgnored, splitByServer } from "./capabilities.js";
import { importedState } from "./imported.js";
import { plan, planDestroy, refuseDestroy, validate } from "./plan.js";
import { alreadyExists } from "./refusals.js";
import { type OrgApply, type OrgShape, type OrgState, schema } from "./schema.js";
import { bodyOf, differing, stateOf } from "./settings.js";

type Create = WriteContext<OrgShape, Session>;

export const org = resource<Session>()<OrgShape>({
  description:
    "An organization. Creating one requires a root API key, which only self-hosted servers have. Its id and networks cannot be changed. Pangolin 1.16 and later cannot delete organizations through the API.",
  schema,
  identity: { attributes: ["org_id"] },
  validate,
  plan,
  planDestroy,
  create,
  read,
  update,
  delete: remove,
  import: importOrg,
});

async function create(context: Create): Promise<OrgState> {
  const { planned, config, provider: session, diagnostics, private: privateState } = context;
  const api = session.requireApi();
  await checkSettings(api, planned.org_id, config, privateState, diagnostics);
  const existing = await api.getOrg(planned.org_id);
  if (existing && planned.on_conflict !== "adopt") alreadyExists(planned.org_id, diagnostics);
  if (diagnostics.hasErrors) return giveUp();
  markEndpoint(api, privateState);
  return existing ? adopt(context, api, existing) : createNew(context, api);
}

/** The errors have been reported. Nothing was written. */
const giveUp = (): never => {
  throw new DiagnosticError("Organization not created", "No request was sent to the server.");
};

/** Nothing was created, so a failure is a plain error and leaves nothing in the state. */
async function adopt(context: Create, api: IntegrationApi, existing: Org): Promise<OrgState> {
  const { planned, diagnostics } = context;
  requireSameNetworks(planned, existing);
  const updated = await settle(context, api, existing);
  diagnostics.warning(
    "Organization adopted",
    `The organization "${existing.orgId}" existed on the server and is now managed by Terraform.`,
    at("org_id"),
  );
  return finish(context, updated);
}

function requireSameNetworks(planned: OrgApply, { subnet, utilitySubnet, orgId }: Org): void {
  for (const [name, held] of [
    ["subnet", subnet],
    ["utility_subnet", utilitySubnet],
  ] as const)
    if (planned[name] !== unknown && planned[name] !== null && planned[name] !== held)
      throw new DiagnosticError(
        `${name} cannot be changed`,
        `The organization "${orgId}" has the ${name} ${String(held)}, and the server cannot change it. Nothing was changed.`,
        at(name),
      );
}

/**
 * After the organization exists, failures are warnings: an error would taint it, and a tainted resource is destroyed.
 * The next refresh shows settings that were not applied.
 */
async function createNew(context: Create, api: IntegrationApi): Promise<OrgState> {
  const { planned, diagnostics } = context;
  const { org_id: orgId, subnet, utility_subnet: utilitySubnet } = planned;
  const name = typeof planned.name === "string" ? planned.name : orgId;
  if (typeof subnet !== "string" || typeof utilitySubnet !== "string")
    throw new DiagnosticError(
      "Missing subnet",
      "A new organization needs a subnet and a utility_subnet. No request was sent.",
      at("subnet"),
    );
  let created: Org;
  try {
    created = await api.createOrg({ orgId, name, subnet, utilitySubnet });
  } catch (error) {
    const there = await leftBehind(api, orgId, error);
    if (!there) throw error;
    if (isIntegrationApiError(error) && error.code === "conflict") {
      if (planned.on_conflict === "adopt") return adopt(context, api, there);
      alreadyExists(orgId, diagnostics);
      return giveUp();
    }
    requireSameNetworks(planned, there);
    created = there;
    diagnostics.warning(
      "Organization created with an error",
      `The server created the organization "${orgId}" although it answered with an error: ${(error as Error).message} ` +
        "The organization may lack an owner and roles, as on a server without a server administrator. Check it in the dashboard.",
      at("org_id"),
    );
  }
  try {
    return finish(context, await settle(context, api, created));
  } catch (error) {
    diagnostics.warning(
      "Organization created without all settings",
      `The organization "${orgId}" was created, but its settings could not be changed: ${(error as Error).message} The next plan shows what is missing.`,
      at("org_id"),
    );
    return { ...stateOf(created, own(planned)), ...known(planned) };
  }
}

/** The organization that a failed creation left on the server, which rolls nothing back. Null if there is none or it cannot be read. */
async function leftBehind(api: IntegrationApi, orgId: string, error: unknown): Promise<Org | null> {
  const mayBeThere = isAmbiguous(error) || (isIntegrationApiError(error) && error.code === "conflict");
  return mayBeThere ? api.getOrg(orgId).catch(() => null) : null;
}

/** Sets what differs, without settings that the server does not support: it would refuse the request. {@link finish} reports them. */
async function settle({ planned }: Pick<Create, "planned">, api: IntegrationApi, current: Org): Promise<Org> {
  const { known: settings } = splitByServer(differing(planned, current), current);
  return settings.length === 0 ? current : api.updateOrg(current.orgId, bodyOf(settings, planned));
}

/** Returns the planned values. If the server has another value, a warning says so, and the next plan reports an error. */
function finish(
  { planned, diagnostics, private: privateState }: Pick<Create, "planned" | "diagnostics" | "private">,
  updated: Org,
): OrgState {
  const { known: ignored, lacking } = splitByServer(differing(planned, updated), updated);
  for (const name of ignored)
    diagnostics.warning(
      `${name} was not applied`,
      `The server accepted ${name} and left it as it was. Its licence may not cover this setting. Remove the argument.`,
      at(name),
    );
  for (const name of lacking)
    diagnostics.warning(
      `${name} is not a setting of this server`,
      `The organizations of this server have no ${name}, so it was not set. Remove the argument.`,
      at(name),
    );
  rememberIgnored(ignored, planned, privateState);
  return { ...stateOf(updated, own(planned)), ...known(planned) };
}

const own = ({ deletion_policy, on_conflict, expose_ssh_ca }: OrgApply) =>
  ({ deletion_policy, on_conflict, expose_ssh_ca }) as Pick<OrgState, "deletion_policy" | "on_conflict" | "expose_ssh_ca">;

const known = (planned: OrgApply): Partial<OrgState> =>
  Object.fromEntries(Object.entries(planned).filter(([, value]) => value !== unknown)) as Partial<OrgState>;

async function read({
  state,
  provider: session,
  diagnostics,
  private: privateState,
}: StateContext<OrgShape, Session>): Promise<OrgState | null> {
  const api = session.apiOrWarn(diagnostics);
  if (!api) return state;
  if (await organizationIsGone(api, state.org_id, privateState)) return null;
  const found = await api.getOrg(state.org_id);
  return found ? stateOf(found, state) : null;
}

async function update(context: UpdateContext<OrgShape, Session>): Promise<OrgState> {
  const { prior, planned, config, provider: session, diagnostics, private: privateState } = context;
  const api = session.requireApi();
  if (planned.org_id !== prior.org_id)
    throw new DiagnosticError(
      "org_id cannot be changed",
      `The organization "${prior.org_id}" keeps its id. Nothing was changed.`,
      at("org_id"),
    );
  await checkSettings(api, prior.org_id, config, privateState, diagnostics);
  if (diagnostics.hasErrors) throw new DiagnosticError("Organization not changed", "No request was sent to the server.");
  await requireOrganization(api, prior.org_id);
  const current = await api.getOrg(prior.org_id);
  if (!current)
    throw new DiagnosticError("Organization not found", `The organization "${prior.org_id}" was deleted after the plan was made.`);
  requireSameNetworks(planned, current);
  return finish(context, await settle(context, api, current));
}

async function remove({ state, provider: session, diagnostics, private: privateState }: StateContext<OrgShape, Session>): Promise<void> {
  const api = session.requireApi();
  const { org_id: orgId, deletion_policy: policy } = state;
  if (await organizationIsGone(api, orgId, privateState)) return;
  if (policy === "abandon") {
    diagnostics.warning(
      "Organization left on the server",
      `The organization "${orgId}" is no longer managed by Terraform. It is still on the server, with everything in it.`,
    );
    return;
  }
  if (policy !== "delete") return refuseDestroy(orgId, diagnostics);
  try {
    await api.deleteOrg(orgId);
  } catch (error) {
    if (await isNowGone(api, orgId)) return;
    throw new DiagnosticError(
      "Organization not deleted",
      `Deleting the organization "${orgId}" failed, and it is still there: ${(error as Error).message} ` +
        "Pangolin since 1.16 answers every deletion of an organization through its API with 500. Delete it in the dashboard and run Terraform again, " +
        'or set deletion_policy = "abandon", apply, and destroy.',
    );
  }
}

async function isNowGone(api: IntegrationApi, orgId: string): Promise<boolean> {
  try {
    return (await api.getOrg(orgId)) === null;
  } catch {
    // Without an answer, the organization may still exist. Report the error of the deletion.
    return false;
  }
}

async function importOrg({
  identity,
  provider: session,
  private: privateState,
}: ImportContext<OrgShape, Session>): Promise<OrgState | null> {
  const api = session.requireApi();
  const found = await api.getOrg(String(identity.org_id));
  if (!found) return null;
  markEndpoint(api, privateState);
  return importedState(found);
}
