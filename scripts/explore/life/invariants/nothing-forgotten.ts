import type { InstanceView } from "../../drivers/driver.js";
import { KEY } from "../configuration-of.js";
import { Find } from "../find.js";
import type { Life } from "../life.js";

const knows = ({ address, values, private: kept }: InstanceView, keyId: string): boolean =>
  address.startsWith(`${KEY}.`) && (values.key_id === keyId || values.previous_key_id === keyId || kept.includes(keyId));

/** Every living key of ours is in the state or in private state; one whose secret was lost on its way is named by a message. */
export function checkNothingForgotten(life: Life): void {
  const { ghost, driver } = life;
  const instances = driver.instances();
  for (const keyId of [...ghost.minted.keys(), ...ghost.imported]) {
    if (!ghost.isOurs(keyId) || ghost.excused.has(keyId) || !life.isAlive(keyId)) continue;
    if (instances.some((instance) => knows(instance, keyId))) continue;
    const told = ghost.minted.get(keyId)?.told ?? true;
    if (
      !told &&
      (ghost.told.includes(keyId) || ghost.told.includes(`named "${life.pangolin.store.key(keyId)?.name}" may have been left behind`))
    )
      continue;
    throw new Find(
      told ? "nothing that was minted is forgotten" : "a key whose mint's answer was lost is named",
      `${keyId} is alive, holds [${life.held(keyId).join(", ")}], and no state knows it`,
    );
  }
}
