import { DiagnosticError, type UpdateContext } from "../../bridge/sdk.js";
import type { ApiKeyListing } from "../../integration-api/index.js";
import { after } from "../duration.js";
import { findKey } from "../key-of.js";
import { sameSet } from "../key-permissions.js";
import { requireOrganization } from "../organization.js";
import type { Session } from "../session.js";
import { deleteKeys, throwFailures } from "./deletion.js";
import { copyPermissions, givePermissions, narrowPrevious } from "./generations.js";
import { changeOf, planChange } from "./lifecycle.js";
import { settledOver } from "./minted.js";
import { livingOf } from "./presence.js";
import { remembered, setAwaitsPermissions, setUnmanaged } from "./remembered.js";
import { rotate } from "./rotate.js";
import type { ApiKeyPlan, ApiKeyShape, ApiKeyState } from "./schema.js";

type Context = UpdateContext<ApiKeyShape, Session>;

export async function update(context: Context): Promise<ApiKeyState> {
  const { prior, planned, config, provider: session, private: privateState } = context;
  const api = session.requireApi();
  await requireOrganization(api, prior.org_id);
  const keys = await api.listApiKeys(prior.org_id);
  const beside = remembered(privateState);
  livingOf(api, keys, prior.org_id, [prior.key_id, prior.previous_key_id, ...beside.superseded], privateState);
  if (config.permissions !== null) setUnmanaged(privateState, false);
  const change = changeOf(prior, planned, beside);
  const result =
    change.kind === "mint"
      ? await rotate(context, change.predecessor)
      : await changeInPlace(context, keys, change.kind === "update" && change.endsPrevious);
  if (prior.permissions !== null && result.permissions === null)
    for (const keyId of [result.key_id, result.previous_key_id]) if (keyId !== null) session.owners.leave(keyId, prior.permissions);
  return result;
}

/** An update without rotation. Each completed step is saved, so that the next plan shows the rest. */
async function changeInPlace(context: Context, keys: ApiKeyListing, endsPrevious: boolean): Promise<ApiKeyState> {
  const { prior, config, private: privateState, save } = context;
  const beside = remembered(privateState);
  const managed = config.permissions !== null;
  const wanted: ApiKeyPlan = settledOver(context.planned, prior);
  planChange(prior, wanted, { kind: "update", endsPrevious }, beside, managed);
  const result = wanted as ApiKeyState;
  let done = prior;
  const step = (changes: Partial<ApiKeyState>): void => {
    Object.assign(result, changes);
    done = { ...done, ...changes };
    save(done);
  };

  const writes = managed && !sameSet(result.permissions, prior.permissions);
  const stays = endsPrevious ? null : prior.previous_key_id;
  const current =
    writes || beside.awaitsPermissions || endsPrevious || beside.superseded.length > 0 ? await requireAlive(context) : prior.key_id;
  if (managed && (writes || beside.awaitsPermissions)) {
    await givePermissions(context, current, result.permissions ?? [], [stays]);
    step({ permissions: result.permissions });
  } else if (beside.awaitsPermissions && prior.previous_key_id !== null) await copyPermissions(context, prior.previous_key_id, current);
  if (beside.awaitsPermissions) {
    setAwaitsPermissions(privateState, false);
    // The grace period begins here, since the current key is usable only now.
    if (stays !== null) step({ retire_previous_at: after(new Date(keys.time).toISOString(), result.grace_period ?? "") });
  }
  if (managed && stays !== null)
    step({ previous_permissions: await narrowPrevious(context, stays, result.permissions ?? [], wanted.previous_permissions) });

  const failures = await deleteKeys(context, prior.org_id, [...beside.superseded, endsPrevious ? prior.previous_key_id : null]);
  if (endsPrevious && prior.previous_key_id !== null && !failures.has(prior.previous_key_id))
    step({ previous_key_id: null, previous_permissions: null, retire_previous_at: null });
  if (failures.size > 0) step({ retirement_due: true });
  throwFailures(failures);
  return result;
}

async function requireAlive({ prior: { key_id: keyId, name, org_id: orgId }, provider: session }: Context): Promise<string> {
  if (keyId !== null && (await findKey(session.requireApi(), orgId, keyId))) return keyId;
  throw new DiagnosticError(
    "API key not found",
    `The API key "${name}" (${keyId ?? "no id"}) was deleted after the plan was made. Run Terraform again: the next plan creates a new one.`,
  );
}
