import { type ImportContext, type PrivateState, resource, type StateContext, type WriteContext } from "../../bridge/sdk.js";
import type { ApiKeyListing, IntegrationApi } from "../../integration-api/index.js";
import { instanceOf } from "../instance.js";
import { findKey } from "../key-of.js";
import { writePermissions } from "../key-permissions.js";
import { markEndpoint, requireOrganization } from "../organization.js";
import type { Session } from "../session.js";
import { deleteKeys, throwFailures } from "./deletion.js";
import { importedState } from "./imported.js";
import { mintInTurn } from "./mint.js";
import { mintedState, settledOver } from "./minted.js";
import { plan } from "./plan.js";
import { keysOf, livingOf } from "./presence.js";
import { forgetDeleted, isUnmanaged, remembered, setAwaitsPermissions, setPreviousIsDue, setUnmanaged } from "./remembered.js";
import { type ApiKeyShape, type ApiKeyState, schema } from "./schema.js";
import { recordSuccession } from "./succession.js";
import { update } from "./update.js";

export const apiKey = resource<Session>()<ApiKeyShape>({
  description:
    "An organization's API key with its permissions, rotated by age or on demand. Its secret is stored in the state. Requires a root API key, which only self-hosted servers have.",
  schema,
  identity: { attributes: ["org_id", "key_id"], mayChange: true },
  plan,
  create,
  read,
  update,
  planDestroy: ({ prior, provider: session }) => session.importConflicts.destroys(prior.key_id, prior.previous_key_id),
  delete: remove,
  import: importKey,
});

async function create(context: WriteContext<ApiKeyShape, Session>): Promise<ApiKeyState> {
  const { planned, provider: session, private: privateState, save } = context;
  const api = session.requireApi();
  const orgId = planned.org_id;
  await requireOrganization(api, orgId);
  return mintInTurn(context, api, orgId, planned.name, async (key, undo) => {
    session.successions.see(key.apiKeyId);
    markEndpoint(api, privateState);
    const state: ApiKeyState = {
      ...settledOver(planned, null),
      ...mintedState(orgId, planned.rotate_after, key),
      previous_key_id: null,
      previous_permissions: null,
      retire_previous_at: null,
      generation: 1,
    };
    if (state.permissions === null) return state;
    try {
      session.owners.claim({
        instance: instanceOf(privateState),
        owner: "pangolin_api_key",
        keyId: key.apiKeyId,
        permissions: state.permissions,
      });
      await writePermissions(api, { orgId, keyId: key.apiKeyId }, state.permissions);
    } catch (error) {
      // A key without its permissions has no consumers, so it is deleted again. Only if that fails too must it stay in the state.
      if (!(await undo())) save({ ...state, permissions: [] });
      throw error;
    }
    return state;
  });
}

async function read({
  state,
  provider: session,
  diagnostics,
  private: privateState,
}: StateContext<ApiKeyShape, Session>): Promise<ApiKeyState | null> {
  recordSuccession(session, state, privateState);
  const api = session.apiOrWarn(diagnostics);
  if (!api) return state;
  const keys = await keysOf(api, state.org_id, privateState);
  if (!keys) return null;
  const { superseded } = remembered(privateState);
  const living = livingOf(api, keys, state.org_id, [state.key_id, state.previous_key_id, ...superseded], privateState);
  if (living.length === 0) return null;
  if (!keys.timeIsServers)
    diagnostics.warning(
      "The server's time is unknown",
      "The server's answer has no readable Date header, so the clock of this machine decides which keys are due.",
    );
  forgetDeleted(privateState, (keyId) => !living.includes(keyId));
  const withPrevious = await readPrevious(api, state, keys, privateState);
  const row = state.key_id === null ? undefined : keys.rows.get(state.key_id);
  if (!row) return { ...withPrevious, last_chars: null, rotation_due: true };
  const permissions = state.permissions === null ? null : await api.listApiKeyActions(state.org_id, row.apiKeyId);
  if (withPrevious.previous_key_id === null && permissions?.length) setAwaitsPermissions(privateState, false);
  return {
    ...withPrevious,
    name: row.name,
    last_chars: row.lastChars,
    created_at: row.createdAt ?? state.created_at,
    permissions,
    rotation_due: isPast(state.rotate_at, keys.time),
  };
}

/** Reads the previous key, and whether a retirement is due: its grace period is over, or a superseded key still exists. */
async function readPrevious(
  api: IntegrationApi,
  state: ApiKeyState,
  { rows, time }: ApiKeyListing,
  privateState: PrivateState,
): Promise<ApiKeyState> {
  const { superseded, awaitsPermissions } = remembered(privateState);
  const previous = state.previous_key_id !== null && rows.has(state.previous_key_id) ? state.previous_key_id : null;
  const isDue = previous !== null && !awaitsPermissions && isPast(state.retire_previous_at, time);
  setPreviousIsDue(privateState, isDue && superseded.length > 0);
  const managed = state.permissions !== null && !isUnmanaged(privateState);
  return {
    ...state,
    previous_key_id: previous,
    previous_permissions: previous !== null && managed ? await api.listApiKeyActions(state.org_id, previous) : null,
    retire_previous_at: previous === null ? null : state.retire_previous_at,
    retirement_due: isDue || superseded.length > 0,
  };
}

const isPast = (time: string | null, now: number): boolean => time !== null && Date.parse(time) <= now;

/** Deletes all generations. The object stays in the state if one cannot be deleted. */
async function remove(context: StateContext<ApiKeyShape, Session>): Promise<void> {
  const { state, provider: session, private: privateState } = context;
  const api = session.requireApi();
  const keys = await keysOf(api, state.org_id, privateState);
  if (!keys) return;
  const all = [...remembered(privateState).superseded, state.previous_key_id, state.key_id];
  livingOf(api, keys, state.org_id, all, privateState);
  throwFailures(await deleteKeys(context, state.org_id, all));
}

async function importKey({
  identity,
  provider: session,
  private: privateState,
}: ImportContext<ApiKeyShape, Session>): Promise<ApiKeyState | null> {
  const api = session.requireApi();
  const { org_id: orgId, key_id: keyId } = identity;
  if (!orgId || !keyId) return null;
  await requireOrganization(api, orgId);
  const row = await findKey(api, orgId, keyId);
  if (!row) return null;
  session.importConflicts.imports(keyId);
  markEndpoint(api, privateState);
  setUnmanaged(privateState, true);
  return importedState(api, orgId, row);
}
