import { unknown } from "../../bridge/sdk.js";
import { after, milliseconds } from "../duration.js";
import type { ApiKeyPlan, ApiKeyState } from "./schema.js";

/**
 * What a change of a key means. Pure, and the same at plan and at apply: everything follows from the prior state and
 * the plan, so an apply does what its plan showed, whatever the clock says by then.
 */
export type Change =
  /** Something that decides is not known yet. */
  | { readonly kind: "undecided" }
  /** A successor is minted; `supersedes` is false where the current key is proven to be gone. */
  | { readonly kind: "mint"; readonly supersedes: boolean }
  /** The previous key's grace period is over. */
  | { readonly kind: "retire" }
  | { readonly kind: "stay" };

type Inputs = Pick<ApiKeyPlan, "name" | "rotate_after" | "grace_period" | "rotation_triggers">;

export function changeOf(prior: ApiKeyState, planned: Inputs): Change {
  const mint: Change = { kind: "mint", supersedes: !isLost(prior) };
  const triggered = compareTriggers(prior.rotation_triggers, planned.rotation_triggers);
  const renamed = planned.name === unknown ? unknown : planned.name !== prior.name;
  const due = prior.rotation_due === true;
  if (triggered === true || renamed === true) return mint;
  if (due && planned.rotate_after !== unknown && planned.rotate_after === prior.rotate_after) return mint;
  if (triggered === unknown || renamed === unknown || planned.rotate_after === unknown || planned.grace_period === unknown)
    return { kind: "undecided" };
  return retires(prior, planned) ? { kind: "retire" } : { kind: "stay" };
}

/** A grace period that is cut to nothing ends now; any other changed one is judged by the next refresh. */
function retires(prior: ApiKeyState, planned: Inputs): boolean {
  if (prior.previous_key_id === null) return false;
  if (planned.grace_period !== prior.grace_period) return isZero(planned.grace_period);
  return prior.retirement_due === true;
}

/** The state of a key that is gone while its predecessor lives: a refresh takes its last characters away, which no living key is without. */
export const isLost = (state: Pick<ApiKeyState, "last_chars">): boolean => state.last_chars === null;

export const isZero = (gracePeriod: ApiKeyPlan["grace_period"]): boolean =>
  typeof gracePeriod === "string" && milliseconds(gracePeriod) === 0;

/** Only an entry that stands on both sides with different values rotates. */
function compareTriggers(prior: ApiKeyState["rotation_triggers"], planned: ApiKeyPlan["rotation_triggers"]): boolean | typeof unknown {
  if (prior === null || planned === null) return false;
  if (planned === unknown) return unknown;
  let undecided = false;
  for (const [name, value] of Object.entries(prior)) {
    if (!Object.hasOwn(planned, name)) continue;
    const next: unknown = planned[name];
    if (next === unknown) undecided = true;
    else if (next !== value) return true;
  }
  return undecided ? unknown : false;
}

/** Rewrites the plan of an update to what the change will bring. */
export function planChange(prior: ApiKeyState, planned: ApiKeyPlan, change: Change): void {
  if (change.kind === "undecided") return planUndecided(planned);
  if (change.kind === "mint") return planMint(prior, planned, change.supersedes);
  planned.rotate_at =
    planned.rotate_after === null || prior.created_at === null ? null : after(prior.created_at, planned.rotate_after as string);
  if (planned.rotate_after !== prior.rotate_after) planned.rotation_due = false;
  if (change.kind === "retire") {
    planned.previous_key_id = null;
    planned.retire_previous_at = null;
    planned.retirement_due = false;
  } else if (planned.grace_period !== prior.grace_period && prior.previous_key_id !== null && prior.created_at !== null) {
    planned.retire_previous_at = after(prior.created_at, planned.grace_period as string);
    planned.retirement_due = false;
  }
}

function planMint(prior: ApiKeyState, planned: ApiKeyPlan, supersedes: boolean): void {
  for (const name of ["id", "key_id", "last_chars", "created_at", "secret", "token"] as const) planned[name] = unknown;
  planned.generation = (prior.generation ?? 0) + 1;
  planned.rotate_at = planned.rotate_after === null ? null : unknown;
  planned.rotation_due = false;
  planned.retirement_due = false;
  if (!supersedes) return planLostPredecessor(prior, planned);
  if (planned.grace_period === unknown) {
    planned.previous_key_id = unknown;
    planned.retire_previous_at = unknown;
  } else {
    planned.previous_key_id = isZero(planned.grace_period) ? null : prior.key_id;
    planned.retire_previous_at = isZero(planned.grace_period) ? null : unknown;
  }
}

/** The current key is gone already, so the one before it stays the previous key, and its deadline stays. */
function planLostPredecessor(prior: ApiKeyState, planned: ApiKeyPlan): void {
  const ends = isZero(planned.grace_period);
  planned.previous_key_id = ends ? null : prior.previous_key_id;
  planned.retire_previous_at = ends ? null : prior.retire_previous_at;
}

/** An attribute that kept its value here could turn out different at apply, which Terraform refuses. */
function planUndecided(planned: ApiKeyPlan): void {
  for (const name of [
    "id",
    "key_id",
    "last_chars",
    "created_at",
    "secret",
    "token",
    "previous_key_id",
    "retire_previous_at",
    "generation",
    "rotate_at",
    "rotation_due",
    "retirement_due",
  ] as const)
    planned[name] = unknown;
}
