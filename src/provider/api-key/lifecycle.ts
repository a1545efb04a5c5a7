import { unknown } from "../../bridge/sdk.js";
import { after, milliseconds } from "../duration.js";
import { planPreviousPermissions } from "../previous-permissions.js";
import type { Remembered } from "./remembered.js";
import type { ApiKeyPlan, ApiKeyState } from "./schema.js";

/**
 * The consequences of a change. Pure, and the same at plan and at apply: everything follows from the prior state, the private state
 * and the plan, so an apply does what its plan showed, regardless of the time.
 */
export type Change =
  /** A value that decides is not known yet. */
  | { readonly kind: "undecided" }
  /** A successor is created. `predecessor`: the key that consumers use until they have the new one. */
  | { readonly kind: "mint"; readonly predecessor: "key_id" | "previous_key_id" }
  /** The current key stays. `endsPrevious`: the previous one is deleted. */
  | { readonly kind: "update"; readonly endsPrevious: boolean };

type Inputs = Pick<ApiKeyPlan, "name" | "rotate_after" | "grace_period" | "rotation_triggers">;

export function changeOf(prior: ApiKeyState, planned: Inputs, beside: Remembered): Change {
  // A key that no longer exists, or never got its permissions, is no predecessor.
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

/** A grace period changed to zero ends now; for any other change the next refresh decides. It does not begin before the current key is usable. */
function endsPrevious(prior: ApiKeyState, planned: Inputs, { awaitsPermissions, superseded, previousIsDue }: Remembered): boolean {
  if (prior.previous_key_id === null) return false;
  if (awaitsPermissions || planned.grace_period !== prior.grace_period) return isZero(planned.grace_period);
  return prior.retirement_due === true && (superseded.length === 0 || previousIsDue);
}

/** Whether the current key no longer exists while another generation does: the refresh sets `last_chars` to null, which every existing key has. */
export const isLost = (state: Pick<ApiKeyState, "last_chars">): boolean => state.last_chars === null;

/** Whether the key was created but never got its permissions. */
export const isOfNoUse = ({ permissions }: Pick<ApiKeyState, "permissions">, { awaitsPermissions }: Remembered): boolean =>
  awaitsPermissions && (permissions ?? []).length === 0;

export const isZero = (gracePeriod: ApiKeyPlan["grace_period"]): boolean =>
  typeof gracePeriod === "string" && milliseconds(gracePeriod) === 0;

/** Only an entry whose value changes rotates the key; an added or removed one does not. */
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

/** Adjusts the plan to the consequences of a change. `managed`: the configuration sets the permissions. */
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

/** Deadline of a previous key that stays: unchanged unless the grace period changes. */
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
    // The grace period begins with the first usable successor.
    planned.retire_previous_at = predecessor === "key_id" || beside.awaitsPermissions ? unknown : deadlineOf(prior, planned);
  }
}

/** Attributes planned as unknown: a known planned value must not change at apply. */
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
