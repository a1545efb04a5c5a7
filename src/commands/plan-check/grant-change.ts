import { isWithin, type RotatingKey } from "./key-rotation.js";
import { isOurs } from "./our-provider.js";
import type { ResourceChange } from "./plan-document.js";
import { updateOf } from "./resource-change.js";

const GRANT_TYPES: readonly string[] = ["pangolin_api_key_grant", "pangolin_api_key_permissions"];
/** The keys that a grant is for. */
const FOLLOWING: readonly string[] = ["id", "key_id", "previous_key_id", "previous_permissions"];

/** Whether a change does nothing but give the same permissions to the successor of a key that rotates. */
export function followsRotation(resource: ResourceChange, keys: readonly RotatingKey[]): boolean {
  if (!GRANT_TYPES.includes(resource.type) || !isOurs(resource)) return false;
  const update = updateOf(resource.change);
  if (!update?.changed.every((name) => FOLLOWING.includes(name))) return false;
  const { before, after, unknown } = update;
  const key = keys.find((each) => each.before.key_id === before.key_id && each.before.org_id === before.org_id);
  if (!key || unknown.has("key_id") !== key.mints || (!key.mints && after.key_id !== before.key_id)) return false;
  if (unknown.has("previous_key_id")) return false;
  if (!isWithin(after.previous_permissions, before.permissions)) return false;
  return after.previous_key_id === undefined || [before.previous_key_id, key.after.previous_key_id].includes(after.previous_key_id);
}
