import permissions from "../../../src/integration-api/data/permissions.json";
import type { Outcome } from "../drivers/driver.js";
import { FIRST_ORG, SECOND_ORG } from "../world/pangolin.js";
import { ORG_ADDRESS } from "./configuration-of.js";
import { Find } from "./find.js";
import { checkDestroyed, checkSettled } from "./invariants/settled.js";
import { ENDPOINTS, type Life } from "./life.js";
import { newModel, OWN_ORG, repair } from "./model.js";

/** So many applies may be needed once nothing is in the way any more. */
export const MAX_APPLIES = 5;

/** Takes away whatever stands in the way of an apply, and is nothing that an apply could help. */
function heal(life: Life): void {
  const { pangolin, model, ghost } = life;
  pangolin.faults.heal();
  pangolin.root.actions = permissions.map(({ id }) => id);
  for (const orgId of [FIRST_ORG, SECOND_ORG]) pangolin.createOrg(orgId);
  for (const key of Object.values(model.keys)) {
    if (key.org === OWN_ORG && !model.org) key.org = FIRST_ORG;
    if (key.org !== OWN_ORG) pangolin.createOrg(key.org);
  }
  for (const holders of [model.grants, model.sets] as Record<string, { key: string | number }>[])
    for (const [name, { key }] of Object.entries(holders))
      if (typeof key === "number" && !life.isAlive(ghost.strangers[key])) delete holders[name];
  // A policy in the state refuses the destroy of what is configured no more.
  const stored = life.instance(ORG_ADDRESS);
  if (stored && !model.org && stored.values.deletion_policy !== "abandon")
    model.org = {
      orgId: String(stored.values.org_id),
      name: "New",
      onConflict: "adopt",
      deletionPolicy: "abandon",
      retention: null,
      exposeSshCa: false,
    };
  repair(model);
}

/**
 * What is gone proves nothing at an endpoint where it was not made, so that the provider is configured with the one that all of it
 * was made at; what was made at another is taken out of the state, as the error says.
 */
async function returnToEndpoint(life: Life): Promise<void> {
  const gone = life.driver
    .instances()
    .filter(({ values }) => "key_id" in values && ![values.key_id, values.previous_key_id].some((keyId) => life.isAlive(keyId)));
  const madeAt = ({ private: kept }: { readonly private: string }) =>
    ENDPOINTS.find((endpoint) => kept.includes(JSON.stringify(life.endpointOf(endpoint))));
  const [first] = gone.map(madeAt);
  if (first === undefined) return;
  life.endpoint = first;
  for (const instance of gone) if (madeAt(instance) !== first) await life.driver.stateRm(instance.address);
}

const errorsOf = ({ told }: Outcome): string =>
  told
    .filter(({ severity }) => severity === "error")
    .map(({ summary, detail, address }) => `${address}: ${summary}: ${detail}`)
    .join(" | ");

/** Once the faults end, an empty plan comes within five applies; and what has to hold there holds. */
export async function settle(life: Life, schedule: number): Promise<void> {
  heal(life);
  await returnToEndpoint(life);
  let last = "";
  for (let applies = 1; applies <= MAX_APPLIES; applies++) {
    const outcome = await life.apply({}, { faults: [], schedule: schedule + applies });
    last = errorsOf(outcome);
    if (outcome.failed) continue;
    const { outcome: plan } = await life.plan({}, { faults: [], schedule });
    if (plan.empty) return checkSettled(life, plan);
    last =
      errorsOf(plan) ||
      [...plan.changes].flatMap(([address, { action }]) => (action === "no-op" ? [] : [`${address}: ${action}`])).join(", ");
  }
  throw new Find("an empty plan comes within five applies", last);
}

/** The end of a life, and the beginning of another: everything is destroyed. */
export async function destroy(life: Life, schedule: number): Promise<void> {
  if (life.model.org) life.model.org.deletionPolicy = "abandon";
  await settle(life, schedule);
  let last = "";
  for (let applies = 1; applies <= MAX_APPLIES; applies++) {
    const outcome = await life.apply({ mode: "destroy" }, { faults: [], schedule: schedule + applies });
    last = errorsOf(outcome);
    if (!outcome.failed) {
      checkDestroyed(life);
      life.model = newModel();
      life.ghost.withoutPrevious.clear();
      life.ghost.unmanaged.clear();
      return;
    }
  }
  throw new Find("destroy leaves nothing of ours", last);
}

/** A plan after an apply in which nothing was in the way has nothing to do but what has become due. */
export async function checkSecondPlan(life: Life, applied: Outcome): Promise<void> {
  if (applied.failed || life.ghost.wasPartial || life.pangolin.faults.any) return;
  const { outcome: plan } = await life.plan();
  if (plan.failed) return;
  const changes = [...plan.changes].filter(([, { action }]) => action !== "no-op");
  // What refers to a key that is due changes with it.
  const isDue = changes.some(([, { before }]) => before?.rotation_due === true || before?.retirement_due === true);
  if (isDue || changes.length === 0) return;
  throw new Find("the plan after an apply is empty", changes.map(([address, { action }]) => `${address}: ${action}`).join(", "));
}
