import * as z from "zod";
import { computed, type Diagnostics, optional, type PrivateState, required } from "../bridge/sdk.js";
import type { ApiKeyListing, ApiKeyRow, IntegrationApi } from "../integration-api/index.js";
import { keysOf, livingOf } from "./api-key/presence.js";
import { changePermissions, type KeyOfOrganization } from "./key-permissions.js";
import { pathId } from "./path-id.js";
import type { Session } from "./session.js";

/** Arguments of a resource that manages permissions of an existing key. */
export const keyAttributes = {
  org_id: required(pathId(), "Organization of the key.", { replace: true }),
  key_id: required(
    pathId(),
    "Id of the key. After a rotation, the successor gets the permissions, and the old key keeps them during its grace period. If the id changes to another key, they move to it and are revoked from the old one.",
  ),
  previous_key_id: optional(
    pathId(),
    "Id of the previous key during its grace period, such as `pangolin_api_key.x.previous_key_id`. Permissions that are revoked from the key are revoked from it too.",
  ),
  id: computed(z.string(), "`org_id/key_id`."),
};

/** The successor of the key in the state, if the resource has not moved to it yet. */
const SUCCESSOR = "successor_key_id";
/** Younger keys of the same name that are other resources' own, so that a move to one of them follows no rotation. */
const NO_SUCCESSORS = "no_successor_key_ids";

export interface GrantedKey {
  readonly org_id: string;
  readonly key_id: string;
  readonly previous_key_id: string | null;
}

/** The key's own resource rotates it. What that resource reports is stored until this resource moves to the successor. */
export function rememberSuccessor({ successions }: Session, keyId: string, privateState: PrivateState): string | undefined {
  const remembered = privateState.get(SUCCESSOR);
  const known = successions.currentOf(keyId) ?? (typeof remembered === "string" ? remembered : undefined);
  const successor = known === undefined ? undefined : (successions.currentOf(known) ?? known);
  if (successor !== undefined) privateState.set(SUCCESSOR, successor);
  return successor;
}

export const forgetSuccessor = (privateState: PrivateState): void => privateState.set(SUCCESSOR, undefined);

/**
 * Whether the key exists. `superseded`: it no longer exists, but another generation does: its successor, created with a copy of its
 * permissions, or the previous key. So permissions granted to the key may still have to be revoked.
 */
export async function presenceOf(
  session: Session,
  api: IntegrationApi,
  { org_id: orgId, key_id: keyId, previous_key_id: previous }: GrantedKey,
  privateState: PrivateState,
): Promise<"there" | "superseded" | "gone"> {
  const keys = await keysOf(api, orgId, privateState);
  if (!keys) return "gone";
  const successor = rememberSuccessor(session, keyId, privateState);
  rememberNoSuccessors(session, keyId, keys, privateState);
  const living = livingOf(api, keys, orgId, [keyId, successor, previous], privateState);
  if (living.includes(keyId)) return "there";
  return living.length > 0 ? "superseded" : "gone";
}

/** What this walk has seen of other keys is not known any more when the apply moves to one of them. */
function rememberNoSuccessors(session: Session, keyId: string, { rows }: ApiKeyListing, privateState: PrivateState): void {
  const key = rows.get(keyId);
  if (!key) return;
  const others = [...rows.values()]
    .filter((row) => row !== key && isYoungerNamesake(row, key) && session.successions.isCurrent(row.apiKeyId))
    .map(({ apiKeyId }) => apiKeyId)
    .filter((other) => other !== rememberSuccessor(session, keyId, privateState));
  privateState.set(NO_SUCCESSORS, others.length > 0 ? others.sort() : undefined);
}

const isNoSuccessor = (session: Session, keyId: string, privateState: PrivateState): boolean => {
  const others = privateState.get(NO_SUCCESSORS);
  return session.successions.isCurrent(keyId) || (Array.isArray(others) && others.includes(keyId));
};

/** Whether a resource that moves to another key follows a rotation. For keys of other aliases, name and age decide, since a rotation keeps the name. */
export function followsRotation(
  session: Session,
  prior: GrantedKey,
  planned: GrantedKey,
  { rows }: ApiKeyListing,
  privateState: PrivateState,
): boolean {
  if (planned.previous_key_id === prior.key_id || rememberSuccessor(session, prior.key_id, privateState) === planned.key_id) return true;
  if (isNoSuccessor(session, planned.key_id, privateState)) return false;
  const [from, to] = [rows.get(prior.key_id), rows.get(planned.key_id)];
  return from !== undefined && to !== undefined && from.name === to.name && (from.createdAt ?? "") <= (to.createdAt ?? "");
}

const isYoungerNamesake = (row: ApiKeyRow, key: ApiKeyRow): boolean =>
  row.name === key.name && row.createdAt !== null && key.createdAt !== null && row.createdAt >= key.createdAt;

/** How long a plan waits for the resource of a key that seems to have a successor, in milliseconds. */
const PATIENCE_MS = 1_000;

/**
 * Stores the successor of a key whose grant is removed. Terraform reads removed resources in any order, so the key's own resource may
 * not have been read yet. If a younger key of the same name makes a successor likely, this waits for it.
 */
export async function lookForSuccessor(
  session: Session,
  { org_id: orgId, key_id: keyId }: GrantedKey,
  privateState: PrivateState,
): Promise<void> {
  if (rememberSuccessor(session, keyId, privateState) !== undefined || !session.api) return;
  const { rows } = await session.api.listApiKeys(orgId);
  const key = rows.get(keyId);
  if (![...rows.values()].some((row) => row !== key && key !== undefined && isYoungerNamesake(row, key))) return;
  await session.successions.whenRecorded(keyId, PATIENCE_MS);
  rememberSuccessor(session, keyId, privateState);
}

/**
 * Processes each existing key to which a destroyed resource had granted permissions: the previous key, the key, and
 * its successor. The successor is looked up last, since the work on the key waits for a rotation that copies from it.
 */
export async function onEachGeneration(
  session: Session,
  state: GrantedKey,
  privateState: PrivateState,
  work: (keyId: string) => Promise<void>,
): Promise<void> {
  const api = session.requireApi();
  const keys = await keysOf(api, state.org_id, privateState);
  if (!keys) return;
  const given = [state.previous_key_id, state.key_id];
  const living = livingOf(api, keys, state.org_id, [...given, rememberSuccessor(session, state.key_id, privateState)], privateState);
  try {
    for (const keyId of given) if (keyId !== null && living.includes(keyId)) await unlessGone(api, state.org_id, keyId, work);
  } finally {
    rememberSuccessor(session, state.key_id, privateState);
  }
  const successor = rememberSuccessor(session, state.key_id, privateState);
  if (successor !== undefined && successor !== state.previous_key_id) await unlessGone(api, state.org_id, successor, work);
}

/** Revokes permissions from a key, except those that another owner grants. */
export const withdraw = (
  session: Session,
  instance: string,
  key: KeyOfOrganization,
  isWithdrawn: (permission: string) => boolean,
  diagnostics?: Diagnostics,
): Promise<void> =>
  changePermissions(
    session.requireApi(),
    key,
    (held) => {
      const stays = (name: string) => !isWithdrawn(name) || session.owners.givenByOthers(instance, key.keyId, name);
      for (const name of held) if (!stays(name)) session.owners.recordWithdrawal(key.keyId, name);
      return held.filter(stays);
    },
    diagnostics,
  );

/** The key may be deleted meanwhile. Then nothing is left to do. */
export async function unlessGone(api: IntegrationApi, orgId: string, keyId: string, work: (keyId: string) => Promise<void>): Promise<void> {
  const { rows } = await api.listApiKeys(orgId);
  if (!rows.has(keyId)) return;
  try {
    await work(keyId);
  } catch (error) {
    const fresh = await api.listApiKeys(orgId, { fresh: true }).catch(() => undefined);
    if (!fresh || fresh.rows.has(keyId)) throw error;
  }
}

export const withIdOf = <T extends { readonly org_id: string; readonly key_id: string }>(values: T): T & { readonly id: string } => ({
  ...values,
  id: `${values.org_id}/${values.key_id}`,
});
