import * as z from "zod";
import { computed, type PlanContext, required, resource, type Settled, type State, unknown } from "../bridge/sdk.js";
import type { IntegrationApi } from "../integration-api/index.js";
import { checkPermissions } from "./check-permissions.js";
import { isGone, requireKeyOf } from "./key-of.js";
import { writeRemaining } from "./last-permission.js";
import { markEndpoint } from "./organization.js";
import { permissionSet } from "./permission-set.js";
import { requireRootKey } from "./require-root-key.js";
import type { Session } from "./session.js";

const OWNER = "pangolin_api_key_grant";

const schema = z.object({
  org_id: required(z.string().min(1), "Organization that the key belongs to.", { replace: true }),
  key_id: required(
    z.string().min(1),
    "Id of the key. A changed id, as after a rotation, gives the permissions to the new key and leaves the old one alone.",
  ),
  permissions: required(permissionSet(), "Permissions that are on the key; what else it holds is left alone."),
  id: computed(z.string(), "`org_id/key_id`."),
});
type S = typeof schema.shape;

/** Adds permissions to a key that is managed elsewhere; several grants may share a key. */
export const apiKeyGrant = resource<Session>()<S>({
  description: "Adds permissions to an API key that is managed elsewhere and leaves its others alone. Needs a root API key.",
  schema,
  plan,
  create: async ({ planned, provider: session, private: privateState }) => {
    const state = await write(session, planned, []);
    markEndpoint(session.requireApi(), privateState);
    return state;
  },
  update: ({ planned, prior, provider: session }) => write(session, planned, prior.key_id === planned.key_id ? prior.permissions : []),
  /** Only what was granted here is looked at; what is missing shows as drift. */
  read: async ({ state, provider: session, diagnostics, private: privateState }) => {
    const api = session.apiOrWarn(diagnostics);
    if (!api) return state;
    if (await isGone(api, state.org_id, state.key_id, privateState)) return null;
    const held = await api.listApiKeyActions(state.org_id, state.key_id);
    return { ...state, permissions: state.permissions.filter((name) => held.includes(name)) };
  },
  delete: async ({ state, provider: session, diagnostics, private: privateState }) => {
    const api = session.requireApi();
    if (await isGone(api, state.org_id, state.key_id, privateState)) return;
    await oneAtATime(api, state.key_id, async () => {
      const held = await api.listApiKeyActions(state.org_id, state.key_id);
      const remaining = held.filter((name) => !state.permissions.includes(name));
      if (remaining.length < held.length) await writeRemaining(api, state.org_id, state.key_id, remaining, diagnostics);
    });
  },
});

async function plan({ planned, prior, provider: session, diagnostics }: PlanContext<S, Session>): Promise<void> {
  const { permissions, key_id: keyId, org_id: orgId } = planned;
  planned.id = keyId === unknown || orgId === unknown ? unknown : `${orgId}/${keyId}`;
  if (permissions !== unknown) checkPermissions(session, permissions, diagnostics);
  if (keyId !== unknown) session.owners.claim(OWNER, keyId, []);
  if (!prior) await requireRootKey(session, OWNER);
}

/** `formerly`: what this grant gave to the same key before; what of it is not wanted any more is taken away. */
async function write(session: Session, { org_id, key_id, permissions }: Settled<S>, formerly: readonly string[]): Promise<State<S>> {
  const api = session.requireApi();
  await requireKeyOf(api, org_id, key_id);
  session.owners.claim(OWNER, key_id, []);
  await oneAtATime(api, key_id, async () => {
    const held = await api.listApiKeyActions(org_id, key_id);
    const wanted = new Set([...held.filter((name) => !formerly.includes(name)), ...permissions]);
    if (wanted.size !== held.length || held.some((name) => !wanted.has(name))) await api.setApiKeyActions(org_id, key_id, [...wanted]);
  });
  return { org_id, key_id, permissions, id: `${org_id}/${key_id}` };
}

/** Grants of one key read and write the same list, so in one process they take turns. */
const oneAtATime = (api: IntegrationApi, keyId: string, work: () => Promise<void>): Promise<void> =>
  api.exclusively(`permissions ${keyId}`, work);
