import * as fc from "fast-check";
import { GRANT, KEY, ORG_ADDRESS, SET } from "../configuration-of.js";
import type { Life } from "../life.js";
import {
  aliasOf,
  GRANTS,
  type GrantName,
  type HolderModel,
  KEYS,
  type KeyModel,
  type KeyName,
  newKey,
  OWN_ORG,
  PERIOD,
  PERMISSIONS,
  repair,
  SETS,
  type SetName,
  SHARED_KEY,
  WORD,
} from "../model.js";
import { type Steps, step } from "./step.js";

const key = fc.constantFrom(...KEYS.slice(0, 2), ...KEYS);
const permissions = fc.uniqueArray(
  fc.oneof({ weight: 8, arbitrary: fc.constantFrom<string>(...PERMISSIONS) }, { weight: 1, arbitrary: fc.constant(WORD) }),
  {
    minLength: 1,
    maxLength: 3,
  },
);
const periods = { weight: 6, arbitrary: fc.constantFrom<string>("2d", "10d", "30d") };
const rotateAfter = fc.oneof({ weight: 2, arbitrary: fc.constant(null) }, periods, { weight: 1, arbitrary: fc.constant(PERIOD) });
const gracePeriod = fc.oneof(
  { weight: 2, arbitrary: fc.constant(null) },
  { weight: 6, arbitrary: fc.constantFrom("0s", "1h", "1d", "0s") },
  { weight: 1, arbitrary: fc.constant(PERIOD) },
);
const triggers = fc.oneof(
  { weight: 1, arbitrary: fc.constant(null) },
  { weight: 5, arbitrary: fc.record({ t: fc.constantFrom("1", "2", "3") }) },
  { weight: 1, arbitrary: fc.record({ t: fc.constantFrom("1", "2"), u: fc.constantFrom("1", "2") }) },
  { weight: 1, arbitrary: fc.constant({ t: WORD }) },
);
const name = fc.constantFrom("ci", "deploy", WORD);
const provider = fc.constantFrom("", "", "second");

/** An edit of an argument of a key that there is. */
const argument = <V>(weight: number, value: fc.Arbitrary<V>, change: (key: KeyModel, value: V, life: Life, name: KeyName) => void) =>
  step({
    weight,
    draw: fc.record({ key, value }),
    isPossible: ({ model }, args) => model.keys[args.key] !== undefined,
    play: (life, args) => {
      const edited = life.model.keys[args.key];
      if (!edited) return;
      change(edited, args.value, life, args.key);
      repair(life.model, args.key);
    },
  });

const removeKey = ({ model }: Life, removed: KeyName): void => {
  delete model.keys[removed];
  repair(model);
};

/** Whether a resource stays with keys of one alias, as it is in the configuration and in the state. */
function staysInItsAlias(life: Life, address: string, before: HolderModel | undefined, after: { readonly key: KeyName | number }): boolean {
  const isShared = after.key === SHARED_KEY;
  const shared = life.instance(`${KEY}.${SHARED_KEY}`)?.values;
  const stored = life.instance(address)?.values.key_id;
  const wasShared = stored !== undefined && (stored === shared?.key_id || stored === shared?.previous_key_id);
  return (before === undefined || (before.key === SHARED_KEY) === isShared) && (stored === undefined || wasShared === isShared);
}

const holder = (life: Life, draw: { key: KeyName | number; permissions: string[]; previous: boolean; provider: string }): HolderModel => {
  if (typeof draw.key === "string" && !life.model.keys[draw.key])
    life.model.keys[draw.key] = { ...newKey(), provider: aliasOf(life.model) };
  return draw;
};

/** Permissions that leave the argument stay where they are until another owner comes. */
const leaveUnmanaged = ({ ghost, model }: Life, edited: KeyName): void => {
  if (model.keys[edited]?.permissions) ghost.unmanaged.add(edited);
};

const target = fc.oneof({ weight: 8, arbitrary: key as fc.Arbitrary<KeyName | number> }, { weight: 1, arbitrary: fc.nat({ max: 1 }) });
const held = fc.record({ key: target, permissions, previous: fc.constantFrom(true, true, false), provider });

export const edits: Steps = {
  "add key": step({
    weight: 10,
    draw: fc.record({
      key,
      permissions: fc.option(permissions),
      rotateAfter,
      gracePeriod,
      triggers,
      provider,
      ownOrg: fc.constantFrom(false, false, true),
    }),
    isPossible: ({ model }, args) => model.keys[args.key] === undefined,
    play: (life, { key: added, ownOrg, ...rest }) => {
      const [other] = Object.values(life.model.keys);
      life.model.keys[added] = {
        ...newKey(),
        ...rest,
        provider: other?.provider ?? rest.provider,
        org: ownOrg && life.model.org ? OWN_ORG : "acme",
      };
      repair(life.model, added);
    },
  }),
  "remove key": step({
    weight: 4,
    draw: fc.record({ key }),
    isPossible: ({ model }, args) => model.keys[args.key] !== undefined,
    play: (life, args) => removeKey(life, args.key),
  }),
  "edit permissions": argument(10, permissions, (edited, value) => {
    edited.permissions = value;
  }),
  "leave permissions out": argument(3, fc.constant(null), (edited, _value, life, edit) => {
    leaveUnmanaged(life, edit);
    edited.permissions = null;
  }),
  "edit rotate_after": argument(5, rotateAfter, (edited, value) => {
    edited.rotateAfter = value;
  }),
  "edit grace_period": argument(5, gracePeriod, (edited, value) => {
    edited.gracePeriod = value;
  }),
  "edit rotation_triggers": argument(9, triggers, (edited, value) => {
    edited.triggers = value;
  }),
  "edit name": argument(3, name, (edited, value) => {
    edited.name = value;
  }),
  "edit org_id": argument(2, fc.constantFrom("acme", "umbra", OWN_ORG), (edited, value, { model }) => {
    if (value !== OWN_ORG || model.org) edited.org = value;
  }),
  "edit provider": step({
    weight: 2,
    draw: fc.record({ provider }),
    isPossible: ({ model }) => Object.keys({ ...model.grants, ...model.sets }).length === 0,
    play: ({ model }, args) => {
      for (const edited of Object.values(model.keys)) edited.provider = args.provider;
      repair(model);
    },
  }),
  "edit grant": step({
    weight: 10,
    draw: fc.tuple(fc.constantFrom<GrantName>(...GRANTS), held).map(([grant, rest]) => ({ grant, ...rest })),
    isPossible: (life, args) => staysInItsAlias(life, `${GRANT}.${args.grant}`, life.model.grants[args.grant], args),
    play: (life, { grant, ...rest }) => {
      life.model.grants[grant] = holder(life, rest);
      repair(life.model, grant);
    },
  }),
  "remove grant": step({
    weight: 4,
    draw: fc.record({ grant: fc.constantFrom<GrantName>(...GRANTS) }),
    isPossible: ({ model }, { grant }) => model.grants[grant] !== undefined,
    play: ({ model }, { grant }) => {
      delete model.grants[grant];
    },
  }),
  "edit permissions resource": step({
    weight: 7,
    draw: fc.tuple(fc.constantFrom<SetName>(...SETS), held).map(([set, rest]) => ({ set, ...rest })),
    isPossible: (life, args) => staysInItsAlias(life, `${SET}.${args.set}`, life.model.sets[args.set], args),
    play: (life, { set, ...rest }) => {
      life.model.sets[set] = holder(life, rest);
      repair(life.model, set);
    },
  }),
  "remove permissions resource": step({
    weight: 3,
    draw: fc.record({ set: fc.constantFrom<SetName>(...SETS) }),
    isPossible: ({ model }, { set }) => model.sets[set] !== undefined,
    play: ({ model }, { set }) => {
      delete model.sets[set];
    },
  }),
  "edit org": step({
    weight: 3,
    draw: fc.record({
      orgId: fc.constantFrom("newco", "umbra"),
      name: fc.constantFrom("New", "Newer", WORD),
      retention: fc.constantFrom(null, 3, 7),
      exposeSshCa: fc.boolean(),
      deletionPolicy: fc.constantFrom("abandon" as const, "abandon" as const, "prevent" as const),
    }),
    play: (life, args) => {
      const stored = life.instance(ORG_ADDRESS)?.values.org_id;
      const orgId = typeof stored === "string" ? stored : (life.model.org?.orgId ?? args.orgId);
      life.model.org = { ...args, orgId, onConflict: "adopt" };
    },
  }),
  "remove org": step({
    weight: 1,
    draw: fc.record({}),
    isPossible: ({ model }) => model.org !== null,
    play: (life) => {
      const { model } = life;
      const stored = life.instance(ORG_ADDRESS);
      if (!model.org) return;
      // A destroy does what the policy in the state says, so that one is applied first.
      if (stored && stored.values.deletion_policy !== "abandon") model.org.deletionPolicy = "abandon";
      else {
        const { orgId } = model.org;
        for (const edited of Object.values(model.keys)) if (edited.org === OWN_ORG) edited.org = orgId;
        model.org = null;
      }
    },
  }),
  "edit data": step({
    weight: 4,
    draw: fc.record({ input: fc.constantFrom<string>(...PERMISSIONS.slice(0, 3)), note: fc.constantFrom("1", "2", "3") }),
    play: ({ model }, args) => {
      model.word = args;
      repair(model);
    },
  }),
  "edit period": step({
    weight: 2,
    draw: fc.record({ input: fc.constantFrom("5d", "20d"), note: fc.constantFrom("1", "2", "3") }),
    play: ({ model }, args) => {
      model.period = args;
      repair(model);
    },
  }),
};
