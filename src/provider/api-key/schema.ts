import * as z from "zod";
import { computed, optional, optionalComputed, type Planned, required, type Settled, type State, setOf } from "../../bridge/sdk.js";
import { displayName } from "../display-name.js";
import { duration } from "../duration.js";
import { pathId } from "../path-id.js";
import { permissionSet } from "../permission-set.js";

export const DEFAULT_GRACE_PERIOD = "72h";

export const schema = z.object({
  org_id: required(pathId(), "Organization of the key.", { replace: true }),
  name: required(
    displayName(),
    "Display name. The server cannot rename a key, so a changed name creates a successor, and the old key stays valid for the grace period.",
  ),
  permissions: optionalComputed(
    permissionSet(),
    "The complete set of the key's permissions. All others are revoked. If omitted, the permissions are not managed. Removing the argument leaves them as they are.",
  ),
  rotate_after: optional(
    duration(),
    "Age at which the key is due for rotation, such as `90d` or `12h`. The first apply after that creates a successor.",
  ),
  grace_period: optionalComputed(
    duration(),
    "How long the previous key stays valid after a rotation; `0s` deletes it at once. Must be shorter than `rotate_after`.",
    { default: DEFAULT_GRACE_PERIOD },
  ),
  rotation_triggers: optional(
    z.record(z.string(), z.string()),
    "Arbitrary values. Changing one rotates the key now. Adding or removing the map, or an entry, does not.",
  ),
  id: computed(z.string(), "`org_id/key_id` of the current key.", { useStateForUnknown: true }),
  key_id: computed(z.string(), "Id of the current key.", { useStateForUnknown: true }),
  last_chars: computed(z.string(), "Last four characters of the current key's secret, as the dashboard shows them.", {
    useStateForUnknown: true,
  }),
  created_at: computed(z.string(), "When the current key was created (RFC 3339, UTC).", { useStateForUnknown: true }),
  secret: computed(
    z.string(),
    "Secret half of the current key, which the server reveals only when the key is created. Null after an import, until the key is rotated.",
    {
      useStateForUnknown: true,
      sensitive: true,
    },
  ),
  token: computed(z.string(), "`key_id.secret`, ready for `Authorization: Bearer`. Null after an import, until the key is rotated.", {
    useStateForUnknown: true,
    sensitive: true,
  }),
  previous_key_id: computed(z.string(), "Id of the previous key during its grace period; null if there is none.", {
    useStateForUnknown: true,
  }),
  previous_permissions: computed(
    setOf(z.string()),
    "Permissions of the previous key, if `permissions` is set. Those that are not in `permissions` are revoked.",
    { useStateForUnknown: true },
  ),
  retire_previous_at: computed(
    z.string(),
    "When the previous key's grace period ends (RFC 3339, UTC). The first apply after that deletes the key.",
    { useStateForUnknown: true },
  ),
  generation: computed(z.int(), "1 for the first key, one more after each rotation.", { useStateForUnknown: true }),
  rotate_at: computed(z.string(), "When the current key is due for rotation (RFC 3339, UTC); null without `rotate_after`.", {
    useStateForUnknown: true,
  }),
  rotation_due: computed(z.boolean(), "Whether the current key was due for rotation at the last refresh.", {
    useStateForUnknown: true,
  }),
  retirement_due: computed(z.boolean(), "Whether the previous key was due for deletion at the last refresh.", {
    useStateForUnknown: true,
  }),
});

export type ApiKeyShape = typeof schema.shape;
export type ApiKeyState = State<ApiKeyShape>;
export type ApiKeyPlan = Planned<ApiKeyShape>;
export type ApiKeyApply = Settled<ApiKeyShape>;
