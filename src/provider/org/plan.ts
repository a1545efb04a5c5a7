import { at, type Diagnostics, type PlanContext, type PlanDestroyContext, unknown, type ValidateContext } from "../../bridge/sdk.js";
import { type Org, overlap } from "../../integration-api/index.js";
import { requireRootKey } from "../require-root-key.js";
import type { Session } from "../session.js";
import { checkSettings } from "./capabilities.js";
import { alreadyExists } from "./refusals.js";
import { type OrgShape, requireOrgId } from "./schema.js";
import { differing, settingsOf } from "./settings.js";

type Context = PlanContext<OrgShape, Session>;

const NETWORKS = ["subnet", "utility_subnet"] as const;

export function validate({ config: { subnet, utility_subnet: utility }, diagnostics }: ValidateContext<OrgShape>): void {
  if (typeof subnet === "string" && typeof utility === "string" && overlap(subnet, utility))
    diagnostics.error("Networks overlap", `The networks ${subnet} and ${utility} overlap, which the server refuses.`, at("utility_subnet"));
}

export async function plan(context: Context): Promise<void> {
  const { prior, planned, config, provider: session, diagnostics, private: privateState } = context;
  planSshCa(context);
  if (prior) {
    refuseFixedChanges(context);
  } else {
    planId(context);
    await requireRootKey(session, "pangolin_org");
    await checkNew(context);
  }
  if (session?.api && typeof planned.org_id === "string")
    await checkSettings(session.api, planned.org_id, config, privateState, diagnostics);
}

/**
 * If the organization may exist, its id is known, so that resources that refer to it are not replaced. A creation that fails on
 * a conflict leaves it unknown, so that data sources and ephemeral resources wait for the organization.
 */
function planId({ planned }: Context): void {
  planned.id = planned.on_conflict === "adopt" ? planned.org_id : unknown;
}

/** Stored only on request. Null on a server without a certificate authority. */
function planSshCa({ prior, planned }: Context): void {
  const stored = prior?.expose_ssh_ca === true ? prior : undefined;
  for (const name of ["ssh_ca_public_key", "ssh_ca_private_key"] as const)
    planned[name] = planned.expose_ssh_ca === false ? null : stored ? (stored[name] ?? null) : unknown;
}

/** An error instead of a replacement, which would delete the organization with everything in it. */
function refuseFixedChanges({ prior, planned, diagnostics }: Context): void {
  for (const name of ["org_id", ...NETWORKS] as const) {
    const before = prior?.[name] ?? null;
    if (planned[name] === before || planned[name] === unknown) continue;
    diagnostics.error(
      `${name} cannot be changed`,
      `The organization "${prior?.org_id}" has the ${name} ${String(before)}, and the server cannot change it. Restore the value, or create another organization with another resource.`,
      at(name),
    );
  }
}

/** Reports at plan whether the organization exists. Does not change planned values. */
async function checkNew({ planned, config, provider: session, diagnostics }: Context): Promise<void> {
  const { org_id: orgId } = planned;
  const existing = session?.api && typeof orgId === "string" ? await session.api.getOrg(orgId) : undefined;
  if (existing && planned.on_conflict === "fail") return alreadyExists(existing.orgId, diagnostics);
  if (existing) tellWhatAdoptingChanges(planned, existing, diagnostics);
  else if (existing === null) requireOrgId(orgId, diagnostics);
  for (const name of NETWORKS) {
    if (existing) {
      const held = name === "subnet" ? existing.subnet : existing.utilitySubnet;
      if (typeof config[name] === "string" && config[name] !== held)
        diagnostics.error(
          `${name} cannot be changed`,
          `The organization "${existing.orgId}" to adopt has the ${name} ${String(held)}, and the server cannot change it. Set that value, or omit the argument.`,
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

/** The plan shows a creation, so a warning names what adoption changes. */
function tellWhatAdoptingChanges(planned: Context["planned"], existing: Org, diagnostics: Diagnostics): void {
  const changes = differing(planned, existing).map(
    (name) => `${name} from ${JSON.stringify(settingsOf(existing)[name])} to ${JSON.stringify(planned[name])}`,
  );
  if (changes.length > 0)
    diagnostics.warning(
      "Adopting changes the organization",
      `The organization "${existing.orgId}" exists, and adopting it sets ${changes.join(", ")}. Leave an argument out to keep what the server has.`,
      at("on_conflict"),
    );
}

export function planDestroy({ prior, diagnostics }: PlanDestroyContext<OrgShape, Session>): void {
  if (prior.deletion_policy === "prevent" || prior.deletion_policy === null) refuseDestroy(prior.org_id, diagnostics);
}

export function refuseDestroy(orgId: string, diagnostics: Diagnostics): void {
  diagnostics.error(
    "Organization is protected",
    `The deletion_policy of the organization "${orgId}" in the state is "prevent", so it cannot be destroyed. ` +
      'Set deletion_policy = "abandon" to leave it on the server, or "delete" to delete it with everything in it. Apply that first: the policy in the state decides. Then destroy.',
    at("deletion_policy"),
  );
}
