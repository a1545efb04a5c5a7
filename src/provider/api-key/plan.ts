import { at, isWhollyKnown, type PlanContext, unknown } from "../../bridge/sdk.js";
import { checkPermissions } from "../check-permissions.js";
import { milliseconds } from "../duration.js";
import { instanceOf } from "../instance.js";
import { planCreate } from "../plan-create.js";
import type { Session } from "../session.js";
import { changeOf, isLost, planChange } from "./lifecycle.js";
import { isUnmanaged, remembered } from "./remembered.js";
import type { ApiKeyShape } from "./schema.js";
import { recordSuccession } from "./succession.js";

type Context = PlanContext<ApiKeyShape, Session>;

export async function plan(context: Context): Promise<void> {
  const { prior, planned, config, diagnostics, provider: session, private: privateState } = context;
  planPermissions(context);
  if (config.permissions !== null && config.permissions !== unknown)
    await checkPermissions(session, { orgId: planned.org_id, permissions: config.permissions, accepted: prior?.permissions }, diagnostics);
  checkSchedule(context);
  if (!prior) {
    planned.previous_key_id = null;
    planned.previous_permissions = null;
    planned.retire_previous_at = null;
    planned.generation = 1;
    planned.rotate_at = planned.rotate_after === null ? null : unknown;
    planned.rotation_due = false;
    planned.retirement_due = false;
    return planCreate(session, "pangolin_api_key", privateState);
  }
  if (planned.org_id !== prior.org_id) session.importConflicts.replaces(prior.key_id);
  recordSuccession(session, prior, privateState);
  const instance = instanceOf(privateState);
  if (prior.key_id !== null && config.permissions !== null)
    session.owners.claim({
      instance,
      owner: "pangolin_api_key",
      keyId: prior.key_id,
      permissions: isWhollyKnown(config.permissions) ? (config.permissions as string[]) : [],
      generations: [prior.previous_key_id],
    });
  const beside = remembered(privateState);
  const change = changeOf(prior, planned, beside);
  planChange(prior, planned, change, beside, config.permissions !== null);
  if (change.kind === "mint") warnOfMint(context);
}

/** Without the argument: null on create, and afterwards what an import found. Removing the argument leaves the permissions as they are. */
function planPermissions({ prior, planned, config, private: privateState, diagnostics }: Context): void {
  if (config.permissions !== null) return;
  planned.permissions = prior && isUnmanaged(privateState) ? prior.permissions : null;
  if (prior && prior.permissions !== null && planned.permissions === null)
    diagnostics.warning(
      "Permissions are no longer managed",
      `The argument permissions was removed. The API key "${prior.name}" keeps its permissions, and Terraform no longer manages them.`,
      at("permissions"),
    );
}

function checkSchedule({ planned, diagnostics }: Context): void {
  const { rotate_after, grace_period } = planned;
  if (typeof rotate_after !== "string" || typeof grace_period !== "string") return;
  if (milliseconds(grace_period) >= milliseconds(rotate_after))
    diagnostics.error(
      "Grace period too long",
      `The grace period (${grace_period}) must be shorter than rotate_after (${rotate_after}). Otherwise more than two keys would be valid at a time.`,
      at("grace_period"),
    );
}

function warnOfMint({ prior, planned, diagnostics }: Context): void {
  if (!prior) return;
  if (isLost(prior))
    diagnostics.warning(
      "A deleted API key is minted again",
      `The API key "${prior.name}" (${prior.key_id ?? "no id"}) was deleted outside of Terraform. This apply creates a new key. Until then, its token is refused.`,
    );
  if (planned.name !== prior.name)
    diagnostics.warning(
      "A new name mints a new key",
      `The server cannot rename a key. This apply creates a key named "${String(planned.name)}" in place of "${prior.name}", which stays valid for the grace period.`,
      at("name"),
    );
  if (
    prior.previous_key_id !== null &&
    prior.retirement_due !== true &&
    planned.previous_key_id !== prior.previous_key_id &&
    !isLost(prior)
  )
    diagnostics.warning(
      "A key is deleted before its grace period ends",
      `The key ${prior.previous_key_id} is valid until ${prior.retire_previous_at ?? "its deadline"}, but there is at most one previous key, so this apply deletes it.`,
    );
}
