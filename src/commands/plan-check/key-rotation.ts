import type { JsonObject } from "../engine-json/identify.js";
import { isOurs } from "./our-provider.js";
import type { ResourceChange } from "./plan-document.js";
import { actionsOf, type Update, updateOf } from "./resource-change.js";

export const KEY_TYPE = "pangolin_api_key";

/** Computed attributes, the only ones that a rotation by age changes. Any other change has another cause. */
export const COMPUTED: readonly string[] = [
  "created_at",
  "generation",
  "id",
  "key_id",
  "last_chars",
  "previous_key_id",
  "previous_permissions",
  "retire_previous_at",
  "retirement_due",
  "rotate_at",
  "rotation_due",
  "secret",
  "token",
];
export const SECRETS: readonly string[] = ["secret", "token"];
/** Attributes that a refresh sets when a key becomes due. */
const FLAGS: readonly string[] = ["rotation_due", "retirement_due"];

const RETIRING: readonly string[] = ["previous_key_id", "previous_permissions", "retire_previous_at", "retirement_due"];

/** A key that rotates or whose previous key retires, because of their age. */
export interface RotatingKey {
  readonly address: string;
  readonly before: JsonObject;
  readonly after: JsonObject;
  readonly unknown: ReadonlySet<string>;
  /** Whether a successor is created; otherwise only the previous key is deleted. */
  readonly mints: boolean;
}

/** Returns the rotation, or the reason why a change is not one. */
export function rotationOf(resource: ResourceChange): RotatingKey | string {
  const { address, change } = resource;
  const update = resource.type === KEY_TYPE && isOurs(resource) ? updateOf(change) : undefined;
  if (!update) return actionsOf(change);
  const refusal = refusalOf(update);
  if (refusal !== undefined) return refusal;
  const { before, after, unknown } = update;
  return { address, before, after, unknown, mints: isMint(update) };
}

function refusalOf(update: Update): string | undefined {
  const { before, changed } = update;
  const foreign = changed.filter((name) => !COMPUTED.includes(name));
  if (foreign.length > 0) return `update, with another ${foreign.join(", ")}`;
  if (before.last_chars === null || before.last_chars === undefined || before.key_id === null || before.key_id === undefined)
    return "update that creates a key again, since the current one was deleted outside of Terraform";
  if (isMint(update)) return refusalOfMint(update);
  const more = changed.filter((name) => !RETIRING.includes(name));
  if (more.length > 0) return `update of ${more.join(", ")} that creates no key`;
  if (before.retirement_due !== true) return "update that retires a key before its time";
  if (changed.includes("previous_permissions") && update.after.previous_key_id !== null) return "update of what the previous key may do";
  return update.unknown.size > 0 ? `update that does not say what becomes of ${[...update.unknown].join(", ")}` : undefined;
}

const isMint = ({ before, after, unknown }: Update): boolean => unknown.has("key_id") || before.key_id !== after.key_id;

function refusalOfMint({ before, after, unknown }: Update): string | undefined {
  if (before.rotation_due !== true) return "update that rotates a key that is not due";
  const previous = unknown.has("previous_key_id") ? undefined : after.previous_key_id;
  if (previous !== before.key_id && previous !== null) return "update in which the current key does not become the previous one";
  if (!isWithin(after.previous_permissions, before.permissions)) return "update in which the previous key holds more than the current one";
  if (!unknown.has("token") || !unknown.has("secret")) return "update in which the new key's token is known before the key is created";
  return undefined;
}

/** Why what was changed outside of Terraform is more than keys that fell due; undefined: it is not. */
export function refusalOfDrift(resource: ResourceChange): string | undefined {
  const update = resource.type === KEY_TYPE && isOurs(resource) ? updateOf(resource.change) : undefined;
  if (!update) return `${actionsOf(resource.change)} outside of Terraform`;
  const more = update.changed.filter((name) => !FLAGS.includes(name));
  if (more.length > 0) return `changed outside of Terraform: ${more.join(", ")}`;
  return undefined;
}

/** Of sets of permissions; null and what is not known yet hold nothing. */
export const isWithin = (some: unknown, all: unknown): boolean =>
  !Array.isArray(some) || (Array.isArray(all) && some.every((each) => all.includes(each)));
