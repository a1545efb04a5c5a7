import * as z from "zod";
import { computed, optional, optionalComputed, type Planned, required, type Settled, type State, setOf } from "../../bridge/sdk.js";
import { displayName } from "../display-name.js";
import { duration } from "../duration.js";
import { permissionSet } from "../permission-set.js";

export const DEFAULT_GRACE_PERIOD = "72h";

export const schema = z.object({
  org_id: required(z.string().min(1), "Organization that the key belongs to.", { replace: true }),
  name: required(
    displayName(),
    "Display name. The server cannot rename a key, so a changed name mints a successor, and the old key stays valid for the grace period.",
  ),
  permissions: optionalComputed(
    permissionSet(),
    "Permissions of the key, all of them: others are taken away. Left out: not managed here. Taking the argument away leaves the permissions as they are.",
  ),
  rotate_after: optional(
    duration(),
    "Age at which the key is due for rotation, such as `90d` or `12h`. The first apply after that mints a successor.",
  ),
  grace_period: optionalComputed(
    duration(),
    "How long the previous key stays valid after its successor was minted; `0s`: not at all. It must be shorter than `rotate_after`.",
    { default: DEFAULT_GRACE_PERIOD },
  ),
  rotation_triggers: optional(
    z.record(z.string(), z.string()),
    "A change of a value rotates the key now. Adding or removing the map, or an entry of it, does not.",
  ),
  id: computed(z.string(), "`org_id/key_id` of the current key.", { useStateForUnknown: true }),
  key_id: computed(z.string(), "Id of the current key.", { useStateForUnknown: true }),
  last_chars: computed(z.string(), "Last four characters of the current key's secret, as the dashboard shows them.", {
    useStateForUnknown: true,
  }),
  created_at: computed(z.string(), "When the server made the current key (RFC 3339, UTC).", { useStateForUnknown: true }),
  secret: computed(
    z.string(),
    "Secret half of the current key; the server tells it once. Null after an import, until the key is rotated.",
    {
      useStateForUnknown: true,
      sensitive: true,
    },
  ),
  token: computed(z.string(), "`key_id.secret`, ready for `Authorization: Bearer`. Null after an import, until the key is rotated.", {
    useStateForUnknown: true,
    sensitive: true,
  }),
  previous_key_id: computed(z.string(), "Id of the key in its grace period; null when there is none.", { useStateForUnknown: true }),
  previous_permissions: computed(
    setOf(z.string()),
    "What the key in its grace period holds, where `permissions` is set. What it holds beyond `permissions` is taken away.",
    { useStateForUnknown: true },
  ),
  retire_previous_at: computed(
    z.string(),
    "When the previous key's grace period ends (RFC 3339, UTC); the first apply after it deletes that key.",
    { useStateForUnknown: true },
  ),
  generation: computed(z.int(), "1 for the first key, one more after each rotation.", { useStateForUnknown: true }),
  rotate_at: computed(z.string(), "When the current key is due for rotation (RFC 3339, UTC); null without `rotate_after`.", {
    useStateForUnknown: true,
  }),
  rotation_due: computed(z.boolean(), "Whether the current key was due for rotation when the state was last refreshed.", {
    useStateForUnknown: true,
  }),
  retirement_due: computed(z.boolean(), "Whether the previous key's grace period was over when the state was last refreshed.", {
    useStateForUnknown: true,
  }),
});

export type ApiKeyShape = typeof schema.shape;
export type ApiKeyState = State<ApiKeyShape>;
export type ApiKeyPlan = Planned<ApiKeyShape>;
export type ApiKeyApply = Settled<ApiKeyShape>;
