import * as z from "zod";
import { computed, isWhollyKnown, type PlanContext, required, resource, type Settled, type State, unknown } from "../bridge/sdk.js";
import { checkPermissions } from "./check-permissions.js";
import { isGone, requireKeyOf } from "./key-of.js";
import { writeRemaining } from "./last-permission.js";
import { markEndpoint } from "./organization.js";
import { permissionSet } from "./permission-set.js";
import { requireRootKey } from "./require-root-key.js";
import type { Session } from "./session.js";

const OWNER = "pangolin_api_key_permissions";

const schema = z.object({
  org_id: required(z.string().min(1), "Organization that the key belongs to.", { replace: true }),
  key_id: required(
    z.string().min(1),
    "Id of the key. A changed id, as after a rotation, gives the permissions to the new key and leaves the old one alone.",
  ),
  permissions: required(permissionSet(), "Permissions of the key, all of them: others are taken away."),
  id: computed(z.string(), "`org_id/key_id`."),
});
type S = typeof schema.shape;

/** The authoritative set of permissions of a key that is managed elsewhere. */
export const apiKeyPermissions = resource<Session>()<S>({
  description: "All permissions of an API key that is managed elsewhere. Needs a root API key.",
  schema,
  identity: { attributes: ["org_id", "key_id"], mayChange: true },
  plan,
  create: async ({ planned, provider: session, private: privateState }) => {
    const state = await write(session, planned);
    markEndpoint(session.requireApi(), privateState);
    return state;
  },
  update: ({ planned, provider: session }) => write(session, planned),
  read: async ({ state, provider: session, diagnostics, private: privateState }) => {
    const api = session.apiOrWarn(diagnostics);
    if (!api) return state;
    if (await isGone(api, state.org_id, state.key_id, privateState)) return null;
    return { ...state, permissions: await api.listApiKeyActions(state.org_id, state.key_id) };
  },
  delete: async ({ state, provider: session, diagnostics, private: privateState }) => {
    const api = session.requireApi();
    if (!(await isGone(api, state.org_id, state.key_id, privateState)))
      await writeRemaining(api, state.org_id, state.key_id, [], diagnostics);
  },
  import: async ({ identity, provider: session, private: privateState }) => {
    const api = session.requireApi();
    const { org_id: orgId, key_id: keyId } = identity;
    if (!orgId || !keyId) return null;
    await requireKeyOf(api, orgId, keyId);
    markEndpoint(api, privateState);
    return { org_id: orgId, key_id: keyId, id: `${orgId}/${keyId}`, permissions: await api.listApiKeyActions(orgId, keyId) };
  },
});

async function plan({ planned, prior, provider: session, diagnostics }: PlanContext<S, Session>): Promise<void> {
  const { permissions, key_id: keyId, org_id: orgId } = planned;
  planned.id = keyId === unknown || orgId === unknown ? unknown : `${orgId}/${keyId}`;
  if (permissions !== unknown) {
    checkPermissions(session, permissions, diagnostics);
    if (keyId !== unknown && isWhollyKnown(permissions)) session.owners.claim(OWNER, keyId, permissions as string[]);
  }
  if (!prior) await requireRootKey(session, OWNER);
}

async function write(session: Session, { org_id, key_id, permissions }: Settled<S>): Promise<State<S>> {
  const api = session.requireApi();
  await requireKeyOf(api, org_id, key_id);
  session.owners.claim(OWNER, key_id, permissions);
  await api.setApiKeyActions(org_id, key_id, permissions);
  return { org_id, key_id, permissions, id: `${org_id}/${key_id}` };
}
