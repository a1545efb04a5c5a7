import * as fc from "fast-check";
import type { PlanOptions } from "../../terraform/plan.js";
import { FAULTS, type Fault, TARGETS } from "../../world/faults.js";
import { KEY } from "../configuration-of.js";
import type { Command, Life } from "../life.js";
import { KEYS } from "../model.js";
import { checkSecondPlan, destroy, settle } from "../settle.js";
import { type Steps, step } from "./step.js";

const fault: fc.Arbitrary<Fault> = fc
  .record({
    kind: fc.constantFrom(...FAULTS),
    on: fc.oneof({ weight: 2, arbitrary: fc.constant("any" as const) }, { weight: 5, arbitrary: fc.constantFrom(...TARGETS) }),
    after: fc.oneof({ weight: 3, arbitrary: fc.nat({ max: 2 }) }, { weight: 1, arbitrary: fc.nat({ max: 12 }) }),
    times: fc.constantFrom(1, 1, 2, 5, null),
  })
  .map((drawn) => (/^(kill|interrupt)/.test(drawn.kind) ? { ...drawn, times: 1 } : drawn));

const schedule = fc.nat({ max: 1_000 });
const command = fc.record({ faults: fc.constant<Fault[]>([]), schedule });
const faulty = fc.record({ faults: fc.array(fault, { minLength: 1, maxLength: 2 }), schedule });
const either = fc.oneof({ weight: 2, arbitrary: command }, { weight: 1, arbitrary: faulty });

/** One of the addresses of the configuration and the state, by a number; undefined where there is none. */
function addressAt(life: Life, number: number): string | undefined {
  const addresses = [
    ...new Set([...life.configuration().resources.keys(), ...life.driver.instances().map(({ address }) => address)]),
  ].sort();
  return addresses[number % addresses.length];
}

const play = async (life: Life, { faults, schedule: order }: Command, options: PlanOptions = {}): Promise<void> => {
  await life.apply(options, { faults, schedule: order });
};

export const commands: Steps = {
  apply: step({
    weight: 22,
    draw: command,
    play: async (life, args) => {
      const outcome = await life.apply({}, args);
      await checkSecondPlan(life, outcome);
    },
  }),
  "apply with faults": step({ weight: 16, draw: faulty, play: (life, args) => play(life, args) }),
  "apply -refresh=false": step({ weight: 3, draw: either, play: (life, args) => play(life, args, { refresh: false }) }),
  "apply -refresh-only": step({ weight: 2, draw: either, play: (life, args) => play(life, args, { mode: "refresh-only" }) }),
  "apply -target": step({
    weight: 4,
    draw: fc.tuple(either, fc.nat({ max: 20 })).map(([rest, target]) => ({ ...rest, target })),
    play: (life, { target, ...rest }) => {
      const address = addressAt(life, target);
      return play(life, rest, { targets: address ? [address] : [] });
    },
  }),
  "apply -replace": step({
    weight: 1,
    draw: fc.tuple(either, fc.constantFrom(...KEYS)).map(([rest, key]) => ({ ...rest, key })),
    isPossible: (life, { key }) => life.instance(`${KEY}.${key}`) !== undefined,
    play: (life, { key, ...rest }) => play(life, rest, { replace: `${KEY}.${key}` }),
  }),
  "plan -out": step({
    weight: 4,
    draw: either,
    play: async (life, args) => {
      const configuration = life.configuration();
      const plan = await life.plan({}, args);
      life.saved = plan.outcome.failed ? undefined : { plan, configuration };
    },
  }),
  "apply the saved plan": step({
    weight: 6,
    draw: either,
    isPossible: ({ saved }) => saved !== undefined,
    play: async (life, args) => {
      await life.applySaved(args);
    },
  }),
  "destroy -target": step({
    weight: 1,
    draw: fc.tuple(either, fc.constantFrom(...KEYS)).map(([rest, key]) => ({ ...rest, key })),
    isPossible: (life, { key }) => life.instance(`${KEY}.${key}`) !== undefined,
    play: (life, { key, ...rest }) => play(life, rest, { mode: "destroy", targets: [`${KEY}.${key}`] }),
  }),
  destroy: step({
    weight: 1,
    draw: either,
    play: async (life, { faults, schedule: order }) => {
      await life.apply({ mode: "destroy" }, { faults, schedule: order });
    },
  }),
  taint: step({
    weight: 1,
    draw: fc.record({ key: fc.constantFrom(...KEYS) }),
    isPossible: (life, { key }) => life.instance(`${KEY}.${key}`) !== undefined,
    play: (life, { key }) => life.driver.taint(`${KEY}.${key}`),
  }),
  "state rm": step({
    weight: 1,
    draw: fc.record({ key: fc.constantFrom(...KEYS) }),
    isPossible: (life, { key }) => life.instance(`${KEY}.${key}`) !== undefined,
    play: async (life, { key }) => {
      const instance = life.instance(`${KEY}.${key}`);
      for (const id of [...life.ghost.minted.keys(), ...life.ghost.imported])
        if (instance && (instance.values.key_id === id || instance.values.previous_key_id === id || instance.private.includes(id)))
          life.ghost.released.add(id);
      await life.driver.stateRm(`${KEY}.${key}`);
    },
  }),
  settle: step({ weight: 5, draw: fc.record({ schedule }), play: (life, args) => settle(life, args.schedule) }),
  "destroy and begin again": step({ weight: 1, draw: fc.record({ schedule }), play: (life, args) => destroy(life, args.schedule) }),
};
