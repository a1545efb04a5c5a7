import * as z from "zod";
import {
  computed,
  type ImportContext,
  isWhollyKnown,
  type PlanContext,
  required,
  resource,
  type Settled,
  type State,
  setOf,
  type UpdateContext,
  unknown,
  type WriteContext,
} from "../bridge/sdk.js";
import { isAmbiguous } from "../integration-api/index.js";
import { checkPermissions } from "./check-permissions.js";
import {
  followsRotation,
  forgetSuccessor,
  keyAttributes,
  lookForSuccessor,
  onEachGeneration,
  presenceOf,
  rememberSuccessor,
  unlessGone,
  withdraw,
  withIdOf,
} from "./granted-key.js";
import { instanceOf } from "./instance.js";
import { requireKeyOf } from "./key-of.js";
import { changePermissions, inTurn, writePermissions } from "./key-permissions.js";
import { markEndpoint } from "./organization.js";
import { permissionSet } from "./permission-set.js";
import { planCreate } from "./plan-create.js";
import { planPreviousPermissions, previousHolds } from "./previous-permissions.js";
import type { Session } from "./session.js";

const OWNER = "pangolin_api_key_permissions";

const schema = z.object({
  ...keyAttributes,
  permissions: required(permissionSet(), "The complete set of the key's permissions. All others are revoked."),
  previous_permissions: computed(
    setOf(z.string()),
    "Permissions of the key `previous_key_id`. Those that are not in `permissions` are revoked.",
    { useStateForUnknown: true },
  ),
});
type S = typeof schema.shape;

/** The authoritative set of an existing key's permissions. */
export const apiKeyPermissions = resource<Session>()<S>({
  description: "The complete set of permissions of an existing API key (authoritative). Requires a root API key.",
  schema,
  identity: { attributes: ["org_id", "key_id"], mayChange: true },
  plan,
  create: write,
  update: write,
  read: async ({ state, provider: session, diagnostics, private: privateState }) => {
    const api = session.apiOrWarn(diagnostics);
    if (!api) return state;
    const presence = await presenceOf(session, api, state, privateState);
    if (presence === "gone") return null;
    if (presence === "superseded") return { ...state, id: null };
    return withIdOf({
      ...state,
      permissions: await api.listApiKeyActions(state.org_id, state.key_id),
      previous_permissions: await heldByPrevious(session, state.org_id, state.previous_key_id),
    });
  },
  planDestroy: ({ prior, provider: session, private: privateState }) => lookForSuccessor(session, prior, privateState),
  delete: ({ state, provider: session, diagnostics, private: privateState }) => {
    const instance = instanceOf(privateState);
    session.owners.release(instance);
    return onEachGeneration(session, state, privateState, (keyId) =>
      withdraw(session, instance, { orgId: state.org_id, keyId }, () => true, diagnostics),
    );
  },
  import: importPermissions,
});

async function plan({ planned, prior, provider: session, diagnostics, private: privateState }: PlanContext<S, Session>): Promise<void> {
  const { permissions, key_id: keyId, org_id: orgId, previous_key_id: previous } = planned;
  planned.id = keyId === unknown || orgId === unknown ? unknown : `${orgId}/${keyId}`;
  planPreviousPermissions(prior, planned);
  if (permissions !== unknown) await checkPermissions(session, { orgId, permissions, accepted: prior?.permissions }, diagnostics);
  if (keyId !== unknown)
    session.owners.claim({
      instance: instanceOf(privateState),
      owner: OWNER,
      keyId,
      permissions: isWhollyKnown(permissions) ? (permissions as string[]) : [],
      generations: [previous === unknown ? null : previous],
    });
  if (!prior) await planCreate(session, OWNER, privateState);
}

async function write(context: WriteContext<S, Session> & Partial<Pick<UpdateContext<S, Session>, "prior">>): Promise<State<S>> {
  const { planned, prior = null, provider: session, private: privateState, save } = context;
  const api = session.requireApi();
  const { org_id: orgId, key_id: keyId, previous_key_id: previous, permissions } = planned;
  const keys = await requireKeyOf(api, orgId, keyId);
  const instance = instanceOf(privateState);
  session.owners.claim({ instance, owner: OWNER, keyId, permissions, generations: [previous] });
  markEndpoint(api, privateState);
  if (prior && prior.key_id !== keyId) {
    const follows = followsRotation(session, prior, planned, keys, privateState);
    for (const former of [prior.previous_key_id, prior.key_id])
      if (former !== null && former !== keyId)
        await unlessGone(api, orgId, former, (formerKey) =>
          withdraw(session, instance, { orgId, keyId: formerKey }, (name) => !follows || !permissions.includes(name)),
        );
    // A key that is rotated in the same apply may have copied them already.
    const successor = follows ? undefined : rememberSuccessor(session, prior.key_id, privateState);
    if (successor !== undefined && successor !== keyId)
      await unlessGone(api, orgId, successor, () => withdraw(session, instance, { orgId, keyId: successor }, () => true));
  }
  const state = (previousPermissions: string[] | null): State<S> =>
    withIdOf({ org_id: orgId, key_id: keyId, previous_key_id: previous, permissions, previous_permissions: previousPermissions });
  const ofPrevious = previous === null || previous === keyId ? null : await writePrevious(session, orgId, previous, planned);
  try {
    await inTurn(api, keyId, () => writePermissions(api, { orgId, keyId }, permissions));
  } catch (error) {
    if (!prior && isAmbiguous(error)) save(state(ofPrevious));
    throw error;
  }
  forgetSuccessor(privateState);
  return state(planned.previous_permissions === unknown ? ofPrevious : planned.previous_permissions);
}

/** Revokes from the previous key what is no longer granted. Null if that key no longer exists. */
async function writePrevious(
  session: Session,
  orgId: string,
  keyId: string,
  { permissions, previous_permissions: planned }: Settled<S>,
): Promise<string[] | null> {
  const api = session.requireApi();
  await unlessGone(api, orgId, keyId, () =>
    changePermissions(api, { orgId, keyId }, (held) =>
      previousHolds(held, permissions, planned, session.owners.withdrawnOf(keyId, permissions)),
    ),
  );
  return heldByPrevious(session, orgId, keyId);
}

async function heldByPrevious(session: Session, orgId: string, keyId: string | null): Promise<string[] | null> {
  const api = session.requireApi();
  if (keyId === null || !(await api.listApiKeys(orgId)).rows.has(keyId)) return null;
  return api.listApiKeyActions(orgId, keyId);
}

async function importPermissions({
  identity,
  provider: session,
  private: privateState,
}: ImportContext<S, Session>): Promise<State<S> | null> {
  const api = session.requireApi();
  const { org_id: orgId, key_id: keyId } = identity;
  if (!orgId || !keyId) return null;
  await requireKeyOf(api, orgId, keyId);
  markEndpoint(api, privateState);
  return withIdOf({
    org_id: orgId,
    key_id: keyId,
    previous_key_id: null,
    permissions: await api.listApiKeyActions(orgId, keyId),
    previous_permissions: null,
  });
}
