import type { InstanceView, Outcome } from "../../drivers/driver.js";
import { GRANT, KEY, SET } from "../configuration-of.js";
import { Find } from "../find.js";
import type { Life } from "../life.js";
import { given, KEYS, type KeyName, ownerOf } from "../model.js";

/** The permission that stays where the server cannot take the last one away. */
const HARMLESS = "checkOrgId";

/** What has to hold wherever a plan of everything, with a refresh, is empty. */
export function checkSettled(life: Life, plan: Outcome): void {
  for (const key of KEYS) {
    const instance = plan.refreshed.find(({ address }) => address === `${KEY}.${key}`);
    if (!life.model.keys[key]) {
      if (instance) throw new Find("an empty plan is one that has nothing to do", `${KEY}.${key} is not configured and in the state`);
      continue;
    }
    if (!instance) throw new Find("an empty plan is one that has nothing to do", `${KEY}.${key} is configured and not in the state`);
    checkAlive(life, instance);
    checkNothingDue(life, instance);
    checkPermissions(life, key, instance);
  }
  checkNoSuperseded(life, plan.refreshed);
  checkHoldersOfStrangers(life);
}

function checkAlive(life: Life, { address, values }: InstanceView): void {
  for (const keyId of [values.key_id, values.previous_key_id])
    if (keyId !== null && !life.isAlive(keyId))
      throw new Find("tokens in the state work", `the plan is empty, and ${String(keyId)} of ${address} is gone`);
}

function checkNothingDue({ time }: Life, { address, values }: InstanceView): void {
  for (const [flag, at] of [
    ["rotation_due", "rotate_at"],
    ["retirement_due", "retire_previous_at"],
  ] as const) {
    const date = values[at];
    if (values[flag] !== false || (typeof date === "string" && Date.parse(date) <= wholeSeconds(time.now)))
      throw new Find("nothing is due in an empty plan", `${address}: ${flag} is ${values[flag]}, ${at} is ${date}`);
  }
}

/** As the server tells its time. */
const wholeSeconds = (milliseconds: number): number => Math.floor(milliseconds / 1000) * 1000;

/** The keys of ours that live are the current and the previous ones; no plan is empty while a superseded one lives. */
function checkNoSuperseded(life: Life, instances: readonly InstanceView[]): void {
  const { ghost } = life;
  const wanted = new Set(
    instances.filter(({ address }) => address.startsWith(`${KEY}.`)).flatMap(({ values }) => [values.key_id, values.previous_key_id]),
  );
  for (const [keyId, { told }] of ghost.minted)
    if (told && ghost.isOurs(keyId) && !ghost.excused.has(keyId) && life.isAlive(keyId) && !wanted.has(keyId))
      throw new Find("no plan is empty while a superseded key lives", keyId);
}

function checkPermissions(life: Life, key: KeyName, { values }: InstanceView): void {
  const { ghost, model } = life;
  const owner = ownerOf(model, key);
  const wanted = given(model, key);
  const [current, previous] = [String(values.key_id), values.previous_key_id];
  const held = life.held(current);
  const describe = (keyId: unknown) =>
    `${String(keyId)} of ${key} holds [${[...life.held(keyId)].sort().join(", ")}], and ${owner} gives [${wanted.join(", ")}]`;
  const missing = wanted.filter((name) => !held.includes(name));
  if (missing.length > 0) throw new Find("a key holds what the configuration gives it", describe(current));
  const excess = (keyId: unknown, isAuthoritative: boolean): string[] =>
    life
      .held(keyId)
      .filter((name) => !wanted.includes(name) && name !== HARMLESS && (isAuthoritative || !ghost.foreign.get(String(keyId))?.has(name)));
  const isAuthoritative = owner === "key" || owner === "set";
  if (excess(current, isAuthoritative).length > 0) throw new Find("a key holds no more than the configuration gives it", describe(current));
  if (previous === null || (owner !== "key" && ghost.withoutPrevious.has(key))) return;
  if (excess(previous, isAuthoritative).length > 0)
    throw new Find("a previous key holds no more than the configuration gives it", describe(previous));
}

/** A stranger's key has what it is given here. */
function checkHoldersOfStrangers(life: Life): void {
  const { ghost, model } = life;
  ghost.strangers.forEach((keyId, number) => {
    const missing = given(model, number).filter((name) => life.isAlive(keyId) && !life.held(keyId).includes(name));
    if (missing.length > 0)
      throw new Find(
        "a key holds what the configuration gives it",
        `the stranger's key ${keyId} lacks ${missing.join(", ")} of its ${GRANT} or ${SET}`,
      );
  });
}

/** After a destroy nothing of ours is left. */
export function checkDestroyed(life: Life): void {
  const { ghost, driver } = life;
  const [left] = driver.instances();
  if (left) throw new Find("destroy leaves nothing of ours", `${left.address} is in the state`);
  for (const [keyId, { told }] of ghost.minted)
    if (told && ghost.isOurs(keyId) && !ghost.excused.has(keyId) && life.isAlive(keyId))
      throw new Find("destroy leaves nothing of ours", `${keyId} lives`);
}
