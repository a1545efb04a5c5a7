import * as fc from "fast-check";
import type { Life } from "../life.js";
import { commands } from "./commands.js";
import { edits } from "./edits.js";
import { people } from "./people.js";
import type { Step, Steps } from "./step.js";

export const STEPS: Steps = { ...edits, ...commands, ...people };

/** One step, of any kind. */
export const anyStep: fc.Arbitrary<Step> = fc.oneof(
  ...Object.entries(STEPS).map(([kind, { weight, draw }]) => ({ weight, arbitrary: draw.map((args): Step => ({ do: kind, ...args })) })),
);

const kindOf = ({ do: name }: Step) => {
  const kind = STEPS[name];
  if (!kind) throw new Error(`There is no step "${name}".`);
  return kind;
};

export const isPossible = (life: Life, step: Step): boolean => kindOf(step).isPossible?.(life, step) ?? true;

/** Plays a step, and looks at everything afterwards. Throws a Find. */
export async function playStep(life: Life, step: Step): Promise<void> {
  // Steps are played again and again while a life is shrunk, and what they hold goes into the model.
  await kindOf(step).play(life, structuredClone(step));
  life.check();
}
