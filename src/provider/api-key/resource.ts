import {
  DiagnosticError,
  type ImportContext,
  resource,
  type StateContext,
  type UpdateContext,
  unknown,
  type WriteContext,
} from "../../bridge/sdk.js";
import type { IntegrationApi, MintedApiKey } from "../../integration-api/index.js";
import { after } from "../duration.js";
import { markEndpoint, requireOrganization } from "../organization.js";
import type { Session } from "../session.js";
import { idsOf } from "./ids.js";
import { importedState } from "./imported.js";
import { changeOf, isZero, planChange } from "./lifecycle.js";
import { mint } from "./mint.js";
import { markManaged, markUnmanaged } from "./permissions.js";
import { plan } from "./plan.js";
import { keysOf, refuseKeyInUse } from "./presence.js";
import { type ApiKeyApply, type ApiKeyShape, type ApiKeyState, schema } from "./schema.js";

export const apiKey = resource<Session>()<ApiKeyShape>({
  description:
    "An organization's API key with its permissions. The provider mints, rotates and retires it; its secret is in the state. Needs a root API key, so a self-hosted server.",
  schema,
  identity: { attributes: ["org_id", "key_id"], mayChange: true },
  plan,
  create,
  read,
  update,
  delete: remove,
  import: importKey,
});

async function create(context: WriteContext<ApiKeyShape, Session>): Promise<ApiKeyState> {
  const { planned, provider: session, diagnostics, private: privateState } = context;
  const api = session.requireApi();
  await requireOrganization(api, planned.org_id);
  const minted = await mint(api, planned.org_id, planned.name, diagnostics);
  markEndpoint(api, privateState);
  markManaged(privateState);
  const state: ApiKeyState = {
    ...settled(planned),
    ...current(planned.org_id, minted),
    ...freshClock(planned.rotate_after, minted),
    previous_key_id: null,
    retire_previous_at: null,
    generation: 1,
  };
  if (state.permissions === null) return state;
  session.owners.claim("pangolin_api_key", minted.apiKeyId, state.permissions);
  try {
    await api.setApiKeyActions(planned.org_id, minted.apiKeyId, state.permissions);
  } catch (error) {
    await undoMint(api, planned.org_id, minted, () => context.save({ ...state, permissions: null }));
    throw error;
  }
  return state;
}

/** A key that could not be given its permissions has reached nobody, so it goes again; only if that fails too must it stay in state. */
async function undoMint(api: IntegrationApi, orgId: string, { apiKeyId }: MintedApiKey, keepInState: () => void): Promise<void> {
  try {
    await api.deleteApiKey(orgId, apiKeyId);
  } catch {
    // The error to tell is the one that led here; that the key is still there is told by its place in the state.
    keepInState();
  }
}

async function read({
  state,
  provider: session,
  diagnostics,
  private: privateState,
}: StateContext<ApiKeyShape, Session>): Promise<ApiKeyState | null> {
  const api = session.apiOrWarn(diagnostics);
  if (!api) return state;
  const keys = await keysOf(api, state.org_id, privateState);
  const row = state.key_id === null ? undefined : keys?.rows.get(state.key_id);
  const previous = state.previous_key_id === null ? undefined : keys?.rows.get(state.previous_key_id);
  if (!keys || (!row && !previous)) return null;
  if (!keys.nowIsServerTime)
    diagnostics.warning(
      "The server's time is unknown",
      "The server's answer bears no readable Date, so this computer's clock decides which keys are due.",
    );
  const withPrevious: ApiKeyState = {
    ...state,
    previous_key_id: previous ? state.previous_key_id : null,
    retire_previous_at: previous ? state.retire_previous_at : null,
    retirement_due: previous !== undefined && isPast(state.retire_previous_at, keys.now),
  };
  if (!row) return { ...withPrevious, last_chars: null, rotation_due: true };
  return {
    ...withPrevious,
    name: row.name,
    last_chars: row.lastChars,
    created_at: row.createdAt,
    permissions: state.permissions === null ? null : await api.listApiKeyActions(state.org_id, row.apiKeyId),
    rotation_due: isPast(state.rotate_at, keys.now),
  };
}

const isPast = (time: string | null, now: number): boolean => time !== null && Date.parse(time) <= now;

async function update(context: UpdateContext<ApiKeyShape, Session>): Promise<ApiKeyState> {
  const { prior, planned, config, provider: session, private: privateState } = context;
  const api = session.requireApi();
  if (config.permissions !== null) markManaged(privateState);
  await requireOrganization(api, prior.org_id);
  const change = changeOf(prior, planned);
  if (change.kind === "mint") return rotate(context, api, change.supersedes);

  const state = settledOver(planned, prior);
  planChange(prior, state, change);
  const alive = (await api.listApiKeys(prior.org_id)).rows.map((row) => row.apiKeyId);
  if (change.kind === "retire" && prior.previous_key_id !== null) await deleteIfThere(api, prior.org_id, prior.previous_key_id, alive);
  if (state.permissions !== null && !sameSet(state.permissions, prior.permissions)) {
    const keyId = requireAlive(prior, alive);
    session.owners.claim("pangolin_api_key", keyId, state.permissions);
    await api.setApiKeyActions(prior.org_id, keyId, state.permissions);
    // A narrowing never waits for the grace period, so the previous key is written too.
    const previous = state.previous_key_id;
    if (previous !== null && alive.includes(previous)) await api.setApiKeyActions(prior.org_id, previous, state.permissions);
  }
  return state;
}

function requireAlive({ key_id, name }: ApiKeyState, alive: readonly string[]): string {
  if (key_id !== null && alive.includes(key_id)) return key_id;
  throw new DiagnosticError(
    "API key not found",
    `The API key "${name}" (${key_id ?? "no id"}) was deleted after the plan was made. Run Terraform again: the next plan mints a new one.`,
  );
}

async function rotate(
  { prior, planned, provider: session, diagnostics, save }: UpdateContext<ApiKeyShape, Session>,
  api: IntegrationApi,
  supersedes: boolean,
): Promise<ApiKeyState> {
  const orgId = prior.org_id;
  await requireOrganization(api, orgId);
  const { rows } = await api.listApiKeys(orgId);
  const alive = rows.map((row) => row.apiKeyId);
  const predecessor = supersedes ? prior.key_id : prior.previous_key_id;
  if (predecessor !== null) refuseKeyInUseIfDeleted(api, predecessor, planned);
  const wanted =
    knownPermissions(planned) ??
    (predecessor !== null && alive.includes(predecessor) ? await api.listApiKeyActions(orgId, predecessor) : []);

  const minted = await mint(api, orgId, planned.name, diagnostics);
  const ends = isZero(planned.grace_period);
  const state: ApiKeyState = {
    ...settledOver(planned, prior),
    ...current(orgId, minted),
    ...freshClock(planned.rotate_after, minted),
    generation: (prior.generation ?? 0) + 1,
    previous_key_id: ends ? null : predecessor,
    retire_previous_at: ends ? null : supersedes ? after(minted.createdAt, planned.grace_period as string) : prior.retire_previous_at,
  };
  if (state.permissions !== null) session.owners.claim("pangolin_api_key", minted.apiKeyId, state.permissions);
  if (wanted.length > 0) {
    try {
      await api.setApiKeyActions(orgId, minted.apiKeyId, wanted);
    } catch (error) {
      if (state.permissions !== null) save({ ...state, permissions: [], previous_key_id: predecessor });
      else await undoMint(api, orgId, minted, () => save({ ...state, previous_key_id: predecessor }));
      throw error;
    }
  }
  save(state);
  const superseded = [supersedes ? prior.previous_key_id : null, ends ? predecessor : null].filter((id) => id !== null);
  for (const keyId of superseded) await deleteIfThere(api, orgId, keyId, alive);
  return state;
}

/** A rotation without a grace period deletes its predecessor, which must not be the key that does the work. */
function refuseKeyInUseIfDeleted(api: IntegrationApi, keyId: string, planned: ApiKeyApply): void {
  if (isZero(planned.grace_period)) refuseKeyInUse(api, keyId, "delete");
}

async function remove({ state, provider: session, private: privateState }: StateContext<ApiKeyShape, Session>): Promise<void> {
  const api = session.requireApi();
  const keys = await keysOf(api, state.org_id, privateState);
  if (!keys) return;
  const alive = [...keys.rows.keys()];
  for (const keyId of [state.previous_key_id, state.key_id]) if (keyId !== null) await deleteIfThere(api, state.org_id, keyId, alive);
}

/** A key that its organization does not list is gone, or is not this organization's; neither is for us to delete. */
async function deleteIfThere(api: IntegrationApi, orgId: string, keyId: string, alive: readonly string[]): Promise<void> {
  if (!alive.includes(keyId)) return;
  refuseKeyInUse(api, keyId, "delete");
  await api.deleteApiKey(orgId, keyId);
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
  const row = (await api.listApiKeys(orgId)).rows.find(({ apiKeyId }) => apiKeyId === keyId);
  if (!row) return null;
  markEndpoint(api, privateState);
  markUnmanaged(privateState);
  return importedState(api, orgId, row);
}

const current = (orgId: string, minted: MintedApiKey) => ({
  ...idsOf(orgId, minted),
  secret: minted.apiKey,
  token: `${minted.apiKeyId}.${minted.apiKey}`,
});

const freshClock = (rotateAfter: ApiKeyApply["rotate_after"], minted: MintedApiKey) => ({
  rotate_at: typeof rotateAfter === "string" ? after(minted.createdAt, rotateAfter) : null,
  rotation_due: false,
  retirement_due: false,
});

/** At apply the configuration is known; only what the provider computes may still be unknown, and that is filled in over this. */
const settled = (planned: ApiKeyApply): ApiKeyState => planned as ApiKeyState;

const settledOver = (planned: ApiKeyApply, prior: ApiKeyState): ApiKeyState =>
  Object.fromEntries(
    Object.entries(planned).map(([name, value]) => [name, value === unknown ? prior[name as keyof ApiKeyState] : value]),
  ) as ApiKeyState;

const knownPermissions = ({ permissions }: ApiKeyApply): string[] | null => (Array.isArray(permissions) ? (permissions as string[]) : null);

const sameSet = (a: readonly string[], b: readonly string[] | null): boolean => b !== null && [...a].sort().join() === [...b].sort().join();
