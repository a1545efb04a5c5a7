import { Find } from "../find.js";
import type { Life } from "../life.js";

/** No key of another owner is touched, but for the permissions that the configuration gives to it. */
export function checkStrangers(life: Life): void {
  const { ghost, model, driver } = life;
  const holders = [...Object.values(model.grants), ...Object.values(model.sets)];
  ghost.strangers.forEach((keyId, number) => {
    if (ghost.deletedByPerson.has(keyId)) return;
    if (!life.isAlive(keyId)) throw new Find("no key of another owner is touched", `${keyId} was deleted`);
    const isHeld = holders.some(({ key }) => key === number) || driver.instances().some(({ values }) => values.key_id === keyId);
    if (isHeld) ghost.strangersHold.delete(keyId);
    const wanted = ghost.strangersHold.get(keyId);
    if (wanted && wanted.join() !== life.held(keyId).join())
      throw new Find(
        "no key of another owner is touched",
        `${keyId} held [${wanted.join(", ")}] and now holds [${life.held(keyId).join(", ")}]`,
      );
  });
}
