import type { UpdateContext } from "../../bridge/sdk.js";
import type { MintedApiKey } from "../../integration-api/index.js";
import { after } from "../duration.js";
import type { Session } from "../session.js";
import { deleteKeys, throwFailures } from "./deletion.js";
import { copyPermissions, givePermissions, narrowPrevious } from "./generations.js";
import { isLost, planChange } from "./lifecycle.js";
import { mintInTurn } from "./mint.js";
import { mintedState, settledOver } from "./minted.js";
import { refuseKeyInUse } from "./presence.js";
import { markSuperseded, remembered, setAwaitsPermissions } from "./remembered.js";
import type { ApiKeyPlan, ApiKeyShape, ApiKeyState } from "./schema.js";

type Context = UpdateContext<ApiKeyShape, Session>;

/** A rotation in progress. */
interface Rotation {
  readonly managed: boolean;
  /** The key that consumers use until they have the successor; null if none exists. */
  readonly predecessor: string | null;
  /** The predecessor is deleted in this apply. */
  readonly ends: boolean;
  /** Older keys, which are deleted in this apply. */
  readonly superseded: readonly string[];
}

/**
 * Creates a successor. The order keeps consumers served and every key in the state: the successor gets its permissions before it
 * becomes the current key, the predecessor stays for its grace period, and older keys are deleted last.
 */
export async function rotate(context: Context, follows: "key_id" | "previous_key_id"): Promise<ApiKeyState> {
  const { prior, planned, config, provider: session, private: privateState, save } = context;
  const api = session.requireApi();
  const orgId = prior.org_id;
  const beside = remembered(privateState);
  const wanted: ApiKeyPlan = settledOver(planned, prior);
  planChange(prior, wanted, { kind: "mint", predecessor: follows }, beside, config.permissions !== null);
  const predecessor = prior[follows];
  const rotation: Rotation = {
    managed: config.permissions !== null,
    predecessor,
    ends: wanted.previous_key_id === null,
    superseded: [...beside.superseded, prior.key_id, prior.previous_key_id].filter(
      (keyId) => keyId !== null && keyId !== predecessor,
    ) as string[],
  };
  const { ends, superseded, managed } = rotation;
  const doomed = [...superseded, ends ? predecessor : null];
  for (const keyId of doomed) if (keyId !== null) refuseKeyInUse(api, keyId, "delete");
  // No further generation while an overdue key cannot be deleted. Only a key that no longer exists is replaced whatever else fails.
  if (!isLost(prior)) throwFailures(await deleteKeys(context, orgId, beside.superseded));

  const result = await mintInTurn(context, api, orgId, planned.name, async (key, undo) => {
    const successor = successorState(prior, wanted, key, rotation);
    await givePermissionsOrSave(context, successor, rotation, undo);
    return successor;
  });
  if (!isLost(prior)) for (const keyId of [predecessor, prior.key_id]) session.successions.record(keyId, result.key_id);
  session.successions.see(result.key_id);
  // From here on the successor is usable and in the state, whatever fails.
  markSuperseded(privateState, superseded);
  setAwaitsPermissions(privateState, false);
  let done = unfinished(prior, result, rotation);
  save(done);
  if (managed && predecessor !== null && !ends) {
    result.previous_permissions = await narrowPrevious(context, predecessor, result.permissions ?? [], wanted.previous_permissions);
    done = { ...done, previous_permissions: result.previous_permissions };
    save(done);
  }
  // Where nobody takes the answer any more, the stored state still says that the predecessor is the current key.
  context.abandoned.throwIfAborted();
  const failures = await deleteKeys(context, orgId, doomed);
  if (ends && predecessor !== null && !failures.has(predecessor)) save({ ...result, retirement_due: true });
  throwFailures(failures);
  return result;
}

const successorState = (prior: ApiKeyState, wanted: ApiKeyPlan, key: MintedApiKey, { ends, predecessor }: Rotation): ApiKeyState => ({
  ...(wanted as ApiKeyState),
  ...mintedState(prior.org_id, wanted.rotate_after as string | null, key),
  previous_key_id: ends ? null : predecessor,
  retire_previous_at:
    ends || typeof wanted.retire_previous_at === "string" ? (wanted.retire_previous_at as string | null) : graceOf(wanted, key),
  previous_permissions: null,
});

const graceOf = ({ grace_period }: ApiKeyPlan, { createdAt }: MintedApiKey): string => after(createdAt, String(grace_period));

/**
 * Grants the configured permissions, or a copy of the predecessor's. If that fails, a successor with a configured set
 * is returned nevertheless, and the next apply grants them. A copy cannot be made later, so that successor is deleted again.
 * The successor of a lost key copies nothing: an older key may have permissions that were revoked since.
 */
async function givePermissionsOrSave(
  context: Context,
  successor: ApiKeyState,
  rotation: Rotation,
  undo: () => Promise<boolean>,
): Promise<void> {
  const { prior, private: privateState, save } = context;
  const { managed, predecessor, superseded } = rotation;
  try {
    if (managed) await givePermissions(context, successor.key_id, successor.permissions ?? [], [predecessor]);
    else if (predecessor !== null && !isLost(prior)) await copyPermissions(context, predecessor, successor.key_id);
  } catch (error) {
    if (managed) {
      markSuperseded(privateState, superseded);
      setAwaitsPermissions(privateState, true);
      save({ ...unfinished(prior, successor, rotation), permissions: [], retirement_due: superseded.length > 0 });
    } else if (!(await undo())) {
      markSuperseded(privateState, [successor.key_id]);
      save({ ...prior, retirement_due: true });
    }
    throw error;
  }
}

/** State of a rotation whose older keys still exist. */
const unfinished = (prior: ApiKeyState, successor: ApiKeyState, { predecessor, superseded, ends, managed }: Rotation): ApiKeyState => ({
  ...successor,
  previous_key_id: predecessor,
  retire_previous_at: predecessor === null ? null : (successor.retire_previous_at ?? successor.created_at),
  previous_permissions:
    predecessor === null || !managed ? null : prior.previous_key_id === predecessor ? prior.previous_permissions : prior.permissions,
  retirement_due: superseded.length > 0 || (ends && predecessor !== null),
});
