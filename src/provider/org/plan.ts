import {
  at,
  type Config,
  type Diagnostics,
  type PlanContext,
  type PlanDestroyContext,
  unknown,
  type ValidateContext,
} from "../../bridge/sdk.js";
import { type IntegrationApi, overlap } from "../../integration-api/index.js";
import { requireRootKey } from "../require-root-key.js";
import type { Session } from "../session.js";
import { alreadyExists, settingOfOtherEditions } from "./refusals.js";
import type { OrgShape } from "./schema.js";
import { OTHER_EDITIONS_ONLY } from "./settings.js";

type Context = PlanContext<OrgShape, Session>;

const NETWORKS = ["subnet", "utility_subnet"] as const;

export function validate({ config: { subnet, utility_subnet: utility }, diagnostics }: ValidateContext<OrgShape>): void {
  if (typeof subnet === "string" && typeof utility === "string" && overlap(subnet, utility))
    diagnostics.error(
      "Networks overlap",
      `The networks ${subnet} and ${utility} share addresses, which the server refuses.`,
      at("utility_subnet"),
    );
}

export async function plan(context: Context): Promise<void> {
  const { prior, planned, config, provider: session, diagnostics } = context;
  planSshCa(context);
  if (prior) {
    refuseFixedChanges(context);
  } else {
    await requireRootKey(session, "pangolin_org");
    await checkNew(context);
  }
  if (session?.api && typeof planned.org_id === "string") await checkEdition(session.api, planned.org_id, config, diagnostics);
}

/** The key pair is asked for or it is not there. */
function planSshCa({ prior, planned }: Context): void {
  for (const name of ["ssh_ca_public_key", "ssh_ca_private_key"] as const) {
    const stored = prior?.[name] ?? null;
    planned[name] = planned.expose_ssh_ca === false ? null : (stored ?? unknown);
  }
}

/** Never a replacement: that would delete the organization with all that is in it. */
function refuseFixedChanges({ prior, planned, diagnostics }: Context): void {
  for (const name of ["org_id", ...NETWORKS] as const) {
    const before = prior?.[name] ?? null;
    if (planned[name] === before || planned[name] === unknown) continue;
    diagnostics.error(
      `${name} cannot be changed`,
      `The organization "${prior?.org_id}" has the ${name} ${String(before)}, and the server cannot change it. Put it back, or make another organization with a resource of its own.`,
      at(name),
    );
  }
}

/** Whether the organization is there already is a fact to tell before anything is written; it shapes nothing of the plan. */
async function checkNew({ planned, config, provider: session, diagnostics }: Context): Promise<void> {
  const { org_id: orgId } = planned;
  const existing = session?.api && typeof orgId === "string" ? await session.api.getOrg(orgId) : undefined;
  if (existing && planned.on_conflict === "fail") return alreadyExists(existing.orgId, diagnostics);
  for (const name of NETWORKS) {
    if (existing) {
      const held = name === "subnet" ? existing.subnet : existing.utilitySubnet;
      if (typeof config[name] === "string" && config[name] !== held)
        diagnostics.error(
          `${name} cannot be changed`,
          `The organization "${existing.orgId}" that is to be adopted has the ${name} ${String(held)}, and the server cannot change it. Write that, or leave the argument out.`,
          at(name),
        );
    } else if (config[name] === null && (existing === null || planned.on_conflict !== "adopt")) {
      diagnostics.error(
        `Missing ${name}`,
        `A new organization needs a ${name}, such as ${name === "subnet" ? "100.90.128.0/24" : "100.96.128.0/24"}.`,
        at(name),
      );
    }
  }
}

/** A community server answers 200 to what it then ignores, so it is refused before anything is written. */
export async function checkEdition(api: IntegrationApi, orgId: string, config: Config<OrgShape>, diagnostics: Diagnostics): Promise<void> {
  const wanted = OTHER_EDITIONS_ONLY.filter((name) => isWanted(name, config[name]));
  if (wanted.length === 0 || !(await api.isCommunityEdition(orgId))) return;
  for (const name of wanted) settingOfOtherEditions(name, diagnostics);
}

/** A community server has the automatic update switched off, so that much it can be told. */
const isWanted = (name: (typeof OTHER_EDITIONS_ONLY)[number], value: unknown): boolean =>
  value !== null && value !== unknown && !(name === "settings_enable_global_newt_auto_update" && value === false);

export function planDestroy({ prior, diagnostics }: PlanDestroyContext<OrgShape, Session>): void {
  if (prior.deletion_policy === "prevent" || prior.deletion_policy === null) refuseDestroy(prior.org_id, diagnostics);
}

export function refuseDestroy(orgId: string, diagnostics: Diagnostics): void {
  diagnostics.error(
    "Organization is protected",
    `The deletion_policy of the organization "${orgId}" in the state is "prevent", so it is not destroyed. ` +
      'To leave it on the server, set deletion_policy = "abandon", to delete it with all that is in it, "delete"; then apply, and destroy after that: the policy counts once it is in the state.',
    at("deletion_policy"),
  );
}
