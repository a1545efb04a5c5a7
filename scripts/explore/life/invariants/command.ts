import type { InstanceView, Values } from "../../drivers/driver.js";
import { KEY } from "../configuration-of.js";
import { Find } from "../find.js";
import type { Life, Played } from "../life.js";
import { DEFAULT_GRACE_PERIOD, milliseconds } from "../model.js";

/** What one command may do to the keys. */
export function checkCommand(life: Life, played: Played): void {
  checkPlanWritesNothing(played);
  checkWrites(life, played);
  excuseKilled(life, played);
  for (const is of life.driver.instances()) {
    const was = played.before.find(({ address }) => address === is.address);
    if (was && is.address.startsWith(`${KEY}.`)) checkRotation(life, played, was, is);
  }
}

function checkPlanWritesNothing({ writes }: Played): void {
  const wrote = writes.find(({ phase }) => phase === "validate" || phase === "plan" || phase === "import");
  if (wrote) throw new Find("a plan writes nothing", `${wrote.method} ${wrote.path} in ${wrote.phase}`);
}

/** Whatever is deleted or given permissions is ours, or is what a holder of the configuration or of the state names. */
function checkWrites(life: Life, { writes, before }: Played): void {
  const { ghost, model } = life;
  const named = new Set<unknown>([...before, ...life.driver.instances()].flatMap(({ values }) => [values.key_id, values.previous_key_id]));
  for (const { key } of [...Object.values(model.grants), ...Object.values(model.sets)])
    if (typeof key === "number") named.add(ghost.strangers[key]);
  for (const { method, path, keyId } of writes) {
    if (keyId === undefined) continue;
    if (method === "DELETE" && !ghost.isOurs(keyId)) throw new Find("no key of another owner is touched", `${method} ${path}`);
    if (method === "POST" && !ghost.isOurs(keyId) && !named.has(keyId))
      throw new Find("no key of another owner is touched", `${method} ${path}`);
  }
}

/** A kill between a mint and the state leaves one key over at most for each process, and the others are known. */
function excuseKilled(life: Life, { outcome, writes }: Played): void {
  const { ghost } = life;
  const crashed = outcome.killed || outcome.told.some(({ summary }) => summary === "Plugin did not respond");
  if (!crashed) return;
  const known = life.driver.instances().flatMap(({ values, private: kept }) => [values.key_id, values.previous_key_id, kept]);
  const orphans = writes.flatMap(({ method, keyId }) =>
    method === "PUT" &&
    keyId !== undefined &&
    life.isAlive(keyId) &&
    !known.some((text) => typeof text === "string" && text.includes(keyId))
      ? [keyId]
      : [],
  );
  for (const orphan of orphans) ghost.excused.add(orphan);
  const processes = new Set(life.driver.instances().length === 0 ? [""] : Object.values(life.model.keys).map(({ provider }) => provider));
  if (orphans.length > Math.max(1, processes.size))
    throw new Find("a kill leaves one key over at most", `${orphans.length} keys are in no state: ${orphans.join(", ")}`);
}

/** The reasons of a rotation, and the grace of what it supersedes. */
function checkRotation(life: Life, played: Played, was: InstanceView, is: InstanceView): void {
  const change = played.outcome.changes.get(was.address);
  if (was.tainted || change?.action === "replace" || change?.action === "delete" || change?.action === "create") return;
  const [before, after] = [was.values, is.values];
  const seen = change?.before ?? before;
  const minted = Number(after.generation) - Number(before.generation);
  if (minted > 1)
    throw new Find("a missed window means one rotation", `${was.address} went from generation ${before.generation} to ${after.generation}`);
  const aliveBefore = (keyId: unknown) => typeof keyId === "string" && played.aliveBefore.has(keyId);
  if (minted === 1 && aliveBefore(before.key_id) && !isReason(seen, after))
    throw new Find("nothing rotates without a reason", `${was.address} was not due, and neither its name nor a trigger changed`);
  const gone = (keyId: unknown) => aliveBefore(keyId) && !life.isAlive(keyId) && !life.ghost.deletedByPerson.has(String(keyId));
  const grace = milliseconds(String(after.grace_period ?? DEFAULT_GRACE_PERIOD));
  if (gone(before.key_id) && grace > 0)
    throw new Find(
      "an apply never deletes the key that it supersedes",
      `${String(before.key_id)} of ${was.address}, whose grace period is ${after.grace_period}`,
    );
  if (
    gone(before.previous_key_id) &&
    minted === 0 &&
    grace > 0 &&
    !isPast(life, before.retire_previous_at) &&
    !isPast(life, after.retire_previous_at)
  )
    throw new Find(
      "a previous key lives for its grace period",
      `${String(before.previous_key_id)} of ${was.address} was to live until ${before.retire_previous_at}`,
    );
}

function isReason(before: Values, after: Values): boolean {
  if (before.rotation_due === true || before.last_chars === null || before.name !== after.name) return true;
  const [was, is] = [before.rotation_triggers, after.rotation_triggers] as (Values | null)[];
  return Object.entries(was ?? {}).some(([name, value]) => is && Object.hasOwn(is, name) && is[name] !== value);
}

const isPast = (life: Life, time: unknown): boolean => typeof time === "string" && Date.parse(time) <= life.time.now;
