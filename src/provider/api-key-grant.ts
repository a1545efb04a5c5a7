import * as z from "zod";
import {
  isWhollyKnown,
  type PlanContext,
  required,
  resource,
  type Settled,
  type State,
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
import { changePermissions } from "./key-permissions.js";
import { markEndpoint } from "./organization.js";
import { permissionSet } from "./permission-set.js";
import { planCreate } from "./plan-create.js";
import type { Session } from "./session.js";

const OWNER = "pangolin_api_key_grant";

const schema = z.object({
  ...keyAttributes,
  permissions: required(
    permissionSet(),
    "Permissions to add to the key. Its other permissions are not touched. Two grants of one key must not share a permission.",
  ),
});
type S = typeof schema.shape;

/** Adds permissions to an existing key (non-authoritative). A key may have several grants. */
export const apiKeyGrant = resource<Session>()<S>({
  description:
    "Adds permissions to an existing API key and does not touch its other permissions (non-authoritative). Requires a root API key.",
  schema,
  plan,
  create,
  update,
  /** Compares only what was granted here; a missing permission is drift. A null id makes every plan differ from the state, so that the plan moves the grant to the successor. */
  read: async ({ state, provider: session, diagnostics, private: privateState }) => {
    const api = session.apiOrWarn(diagnostics);
    if (!api) return state;
    const presence = await presenceOf(session, api, state, privateState);
    if (presence === "gone") return null;
    if (presence === "superseded") return { ...state, id: null };
    const held = await api.listApiKeyActions(state.org_id, state.key_id);
    return withIdOf({ ...state, permissions: state.permissions.filter((name) => held.includes(name)) });
  },
  planDestroy: ({ prior, provider: session, private: privateState }) => lookForSuccessor(session, prior, privateState),
  delete: ({ state, provider: session, diagnostics, private: privateState }) => {
    const instance = instanceOf(privateState);
    session.owners.release(instance);
    return onEachGeneration(session, state, privateState, (keyId) =>
      withdraw(session, instance, { orgId: state.org_id, keyId }, (name) => state.permissions.includes(name), diagnostics),
    );
  },
});

async function plan({ planned, prior, provider: session, diagnostics, private: privateState }: PlanContext<S, Session>): Promise<void> {
  const { permissions, key_id: keyId, org_id: orgId, previous_key_id: previous } = planned;
  planned.id = keyId === unknown || orgId === unknown ? unknown : `${orgId}/${keyId}`;
  if (permissions !== unknown) await checkPermissions(session, { orgId, permissions, accepted: prior?.permissions }, diagnostics);
  const instance = instanceOf(privateState);
  if (keyId !== unknown)
    session.owners.claim({
      instance,
      owner: OWNER,
      keyId,
      permissions: permissions === unknown ? [] : (permissions.filter((name) => isWhollyKnown(name)) as string[]),
      generations: [previous === unknown ? null : previous],
    });
  if (!prior) await planCreate(session, OWNER, privateState);
}

async function create({ planned, provider: session, private: privateState, save }: WriteContext<S, Session>): Promise<State<S>> {
  const api = session.requireApi();
  await requireKeyOf(api, planned.org_id, planned.key_id);
  const instance = instanceOf(privateState);
  claim(session, planned, instance);
  markEndpoint(api, privateState);
  const state = stateOf(planned);
  try {
    await settlePrevious(session, planned, instance);
    await give(session, planned, instance, []);
  } catch (error) {
    // Everything that may have been granted is in the state, so that it can be revoked.
    if (isAmbiguous(error)) save(state);
    throw error;
  }
  return state;
}

/** Revokes from the older keys first: once revoked from the current key, a failure on an older one would show no drift. */
async function update({ planned, prior, provider: session, private: privateState }: UpdateContext<S, Session>): Promise<State<S>> {
  const api = session.requireApi();
  const { org_id: orgId, key_id: keyId, previous_key_id: previous } = planned;
  const keys = await requireKeyOf(api, orgId, keyId);
  const instance = instanceOf(privateState);
  claim(session, planned, instance);
  const withdrawn = prior.permissions.filter((name) => !planned.permissions.includes(name));
  const moves = prior.key_id !== keyId;
  const follows = moves && followsRotation(session, prior, planned, keys, privateState);
  const older = new Map<string, readonly string[]>();
  if (previous !== null) older.set(previous, withdrawn);
  if (moves)
    for (const former of [prior.previous_key_id, prior.key_id])
      if (former !== null) older.set(former, follows ? withdrawn : prior.permissions);
  older.delete(keyId);
  for (const [olderKey, names] of older)
    await unlessGone(api, orgId, olderKey, () => withdraw(session, instance, { orgId, keyId: olderKey }, (name) => names.includes(name)));
  // A key that is rotated in the same apply may have copied them already.
  const successor = moves && !follows ? rememberSuccessor(session, prior.key_id, privateState) : undefined;
  if (successor !== undefined && successor !== keyId)
    await unlessGone(api, orgId, successor, () =>
      withdraw(session, instance, { orgId, keyId: successor }, (name) => prior.permissions.includes(name)),
    );
  await settlePrevious(session, planned, instance);
  await give(session, planned, instance, moves && !follows ? [] : withdrawn);
  markEndpoint(api, privateState);
  forgetSuccessor(privateState);
  return stateOf(planned);
}

/** Other owners are looked up at the time of the write, since the owners of a key may change in the same apply. */
const give = (
  session: Session,
  { org_id: orgId, key_id: keyId, permissions }: Settled<S>,
  instance: string,
  withdrawn: readonly string[],
): Promise<void> =>
  changePermissions(session.requireApi(), { orgId, keyId }, (held) => [
    ...held.filter(
      (name) =>
        !(withdrawn.includes(name) || session.owners.leftOn(keyId).includes(name)) || session.owners.givenByOthers(instance, keyId, name),
    ),
    ...permissions,
  ]);

/** The previous key gives up what an owner left on it in this apply, and gets back what another one has withdrawn, if this one gives it now. */
async function settlePrevious(
  session: Session,
  { org_id: orgId, previous_key_id: previous, permissions }: Settled<S>,
  instance: string,
): Promise<void> {
  const { owners } = session;
  if (previous === null || (owners.withdrawnOf(previous, permissions).length === 0 && owners.leftOn(previous).length === 0)) return;
  await unlessGone(session.requireApi(), orgId, previous, (keyId) =>
    changePermissions(session.requireApi(), { orgId, keyId }, (held) => [
      ...held.filter(
        (name) => !owners.leftOn(keyId).includes(name) || permissions.includes(name) || owners.givenByOthers(instance, keyId, name),
      ),
      ...owners.withdrawnOf(keyId, permissions),
    ]),
  );
}

const claim = (session: Session, { key_id: keyId, previous_key_id: previous, permissions }: Settled<S>, instance: string): void =>
  session.owners.claim({ instance, owner: OWNER, keyId, permissions, generations: [previous] });

const stateOf = ({ org_id, key_id, previous_key_id, permissions }: Settled<S>): State<S> =>
  withIdOf({ org_id, key_id, previous_key_id, permissions });
