import { unknown } from "../../bridge/sdk.js";
import { after, milliseconds } from "../duration.js";
import { planPreviousPermissions } from "../previous-permissions.js";
import type { Remembered } from "./remembered.js";
import type { ApiKeyPlan, ApiKeyState } from "./schema.js";

/**
 * What a change of a key means. Pure, and the same at plan and at apply: everything follows from the prior state, what is remembered
 * beside it, and the plan, so an apply does what its plan showed, whatever the clock says by then.
 */
export type Change =
  /** Something that decides is not known yet. */
  | { readonly kind: "undecided" }
  /** A successor is minted. `predecessor`: the key that its holders use until they have the new one. */
  | { readonly kind: "mint"; readonly predecessor: "key_id" | "previous_key_id" }
  /** The current key stays. `endsPrevious`: the previous one is deleted. */
  | { readonly kind: "update"; readonly endsPrevious: boolean };

type Inputs = Pick<ApiKeyPlan, "name" | "rotate_after" | "grace_period" | "rotation_triggers">;

export function changeOf(prior: ApiKeyState, planned: Inputs, beside: Remembered): Change {
  // A key that is gone, or that never got its permissions, is nobody's predecessor.
  const mint: Change = { kind: "mint", predecessor: isLost(prior) || isOfNoUse(prior, beside) ? "previous_key_id" : "key_id" };
  if (isLost(prior)) return mint;
  const triggered = compareTriggers(prior.rotation_triggers, planned.rotation_triggers);
  const renamed = planned.name === unknown ? unknown : planned.name !== prior.name;
  const due = prior.rotation_due === true;
  if (triggered === true || renamed === true) return mint;
  if (due && planned.rotate_after !== unknown && planned.rotate_after === prior.rotate_after) return mint;
  if (triggered === unknown || renamed === unknown || planned.rotate_after === unknown || planned.grace_period === unknown)
    return { kind: "undecided" };
  return { kind: "update", endsPrevious: endsPrevious(prior, planned, beside) };
}

/** A grace period that is cut to nothing ends now; any other changed one is judged by the next refresh. It has not begun before the current key is of use. */
function endsPrevious(prior: ApiKeyState, planned: Inputs, { awaitsPermissions, superseded, previousIsDue }: Remembered): boolean {
  if (prior.previous_key_id === null) return false;
  if (awaitsPermissions || planned.grace_period !== prior.grace_period) return isZero(planned.grace_period);
  return prior.retirement_due === true && (superseded.length === 0 || previousIsDue);
}

/** The state of a key that is gone while another generation lives: a refresh takes its last characters away, which no living key is without. */
export const isLost = (state: Pick<ApiKeyState, "last_chars">): boolean => state.last_chars === null;

/** A key that was minted and never got its permissions. */
export const isOfNoUse = ({ permissions }: Pick<ApiKeyState, "permissions">, { awaitsPermissions }: Remembered): boolean =>
  awaitsPermissions && (permissions ?? []).length === 0;

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

/** Rewrites the plan of a change to what it will bring. `managed`: the configuration sets the permissions. */
export function planChange(prior: ApiKeyState, planned: ApiKeyPlan, change: Change, beside: Remembered, managed: boolean): void {
  if (change.kind === "undecided") planUndecided(planned);
  else if (change.kind === "mint") planMint(prior, planned, change.predecessor, beside);
  else planUpdate(prior, planned, change.endsPrevious, beside);
  if (managed) planPreviousPermissions(prior, planned);
  else planned.previous_permissions = null;
}

function planUpdate(prior: ApiKeyState, planned: ApiKeyPlan, ends: boolean, { awaitsPermissions }: Remembered): void {
  planned.rotate_at =
    planned.rotate_after === null || prior.created_at === null ? null : after(prior.created_at, planned.rotate_after as string);
  if (planned.rotate_after !== prior.rotate_after) planned.rotation_due = false;
  planned.retirement_due = false;
  if (ends) {
    planned.previous_key_id = null;
    planned.retire_previous_at = null;
  } else if (prior.previous_key_id !== null && awaitsPermissions) planned.retire_previous_at = unknown;
  else if (prior.previous_key_id !== null) planned.retire_previous_at = deadlineOf(prior, planned);
}

/** The deadline of a previous key that stays: as it was, unless the grace period changes. */
function deadlineOf(prior: ApiKeyState, planned: Inputs): string | null {
  if (planned.grace_period === prior.grace_period || prior.created_at === null) return prior.retire_previous_at;
  return after(prior.created_at, planned.grace_period as string);
}

function planMint(prior: ApiKeyState, planned: ApiKeyPlan, predecessor: "key_id" | "previous_key_id", beside: Remembered): void {
  for (const name of ["id", "key_id", "last_chars", "created_at", "secret", "token"] as const) planned[name] = unknown;
  planned.generation = (prior.generation ?? 0) + 1;
  planned.rotate_at = planned.rotate_after === null ? null : unknown;
  planned.rotation_due = false;
  planned.retirement_due = false;
  const stays = prior[predecessor];
  if (stays === null || isZero(planned.grace_period) || (isLost(prior) && endsPrevious(prior, planned, beside))) {
    planned.previous_key_id = null;
    planned.retire_previous_at = null;
  } else if (planned.grace_period === unknown) {
    planned.previous_key_id = unknown;
    planned.retire_previous_at = unknown;
  } else {
    planned.previous_key_id = stays;
    // The grace period counts from the first successor that is of use.
    planned.retire_previous_at = predecessor === "key_id" || beside.awaitsPermissions ? unknown : deadlineOf(prior, planned);
  }
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
