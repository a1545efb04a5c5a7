import * as fc from "fast-check";
import permissions from "../../../../src/integration-api/data/permissions.json";
import { FIRST_ORG, SECOND_ORG } from "../../world/pangolin.js";
import { KEY } from "../configuration-of.js";
import { ENDPOINTS, type Life } from "../life.js";
import { KEYS, type KeyName, newKey, PERMISSIONS, repair } from "../model.js";
import { type Steps, step } from "./step.js";

const HOUR = 3_600_000;
const key = fc.constantFrom(...KEYS);
const generation = fc.constantFrom("key_id" as const, "key_id" as const, "previous_key_id" as const);
const both = fc.record({ key, generation });

function keyIdOf(
  life: Life,
  { key: name, generation: which }: { key: KeyName; generation: "key_id" | "previous_key_id" },
): string | undefined {
  const id = life.instance(`${KEY}.${name}`)?.values[which];
  return life.isAlive(id) ? String(id) : undefined;
}

const remove = ({ pangolin, ghost }: Life, id: string): void => {
  pangolin.store.removeKey(id);
  ghost.deletedByPerson.add(id);
};

/** Restricts the provider's own key to what is left of its permissions. */
const restrict = ({ pangolin }: Life, without: readonly string[]): void => {
  pangolin.root.actions = permissions.map(({ id }) => id).filter((id) => !without.includes(id));
};

export const people: Steps = {
  "time passes": step({
    weight: 12,
    draw: fc.record({ hours: fc.constantFrom(1, 2, 12, 25, 24 * 3, 24 * 4, 24 * 11, 24 * 31, 24 * 100) }),
    play: ({ time }, { hours }) => time.advance(hours * HOUR),
  }),
  "delete a key in the dashboard": step({
    weight: 5,
    draw: both,
    isPossible: (life, args) => keyIdOf(life, args) !== undefined,
    play: (life, args) => {
      const id = keyIdOf(life, args);
      if (id !== undefined) remove(life, id);
    },
  }),
  "delete both keys in the dashboard": step({
    weight: 1,
    draw: fc.record({ key }),
    isPossible: (life, args) => life.instance(`${KEY}.${args.key}`) !== undefined,
    play: (life, args) => {
      for (const which of ["key_id", "previous_key_id"] as const) {
        const id = keyIdOf(life, { ...args, generation: which });
        if (id !== undefined) remove(life, id);
      }
    },
  }),
  "grant in the dashboard": step({
    weight: 5,
    draw: fc.tuple(both, fc.constantFrom(...PERMISSIONS, "deleteSite")).map(([rest, permission]) => ({ ...rest, permission })),
    isPossible: (life, args) => keyIdOf(life, args) !== undefined,
    play: (life, { permission, ...args }) => {
      const id = keyIdOf(life, args);
      const stored = id === undefined ? undefined : life.pangolin.store.key(id);
      if (!stored || stored.actions.includes(permission)) return;
      stored.actions.push(permission);
      life.ghost.addForeign(stored.apiKeyId, [permission]);
    },
  }),
  "withdraw in the dashboard": step({
    weight: 3,
    draw: both,
    isPossible: (life, args) => keyIdOf(life, args) !== undefined,
    play: (life, args) => {
      const id = keyIdOf(life, args);
      life.pangolin.store.key(id ?? "")?.actions.shift();
    },
  }),
  "mint in the dashboard": step({
    weight: 2,
    draw: fc.record({ name: fc.constantFrom("ci", "deploy"), permissions: fc.subarray([...PERMISSIONS.slice(0, 3)]) }),
    isPossible: ({ pangolin }) => pangolin.store.org(FIRST_ORG) !== undefined,
    play: ({ pangolin, ghost }, args) => {
      const id = pangolin.mintAsPerson(FIRST_ORG, args.name, args.permissions);
      ghost.strangers.push(id);
      ghost.strangersHold.set(id, args.permissions);
    },
  }),
  "import a key": step({
    weight: 3,
    draw: fc.record({ key, withPermissions: fc.boolean(), schedule: fc.nat({ max: 1_000 }) }),
    isPossible: (life, args) => life.instance(`${KEY}.${args.key}`) === undefined && life.pangolin.store.org(FIRST_ORG) !== undefined,
    play: async (life, { key: name, withPermissions, schedule }) => {
      const { ghost, model, pangolin } = life;
      const permissions = ["listSites", "getOrg"];
      const id = pangolin.mintAsPerson(FIRST_ORG, "ci", permissions);
      model.keys[name] ??= newKey();
      const configured = { ...model.keys[name], org: FIRST_ORG };
      if (withPermissions) configured.permissions = ["getOrg"];
      model.keys[name] = configured;
      repair(model, name);
      ghost.addForeign(id, permissions);
      await life.import(`${KEY}.${name}`, `${FIRST_ORG}/${id}`, { faults: [], schedule });
      if (life.instance(`${KEY}.${name}`)) ghost.imported.add(id);
    },
  }),
  "delete an organization in the dashboard": step({
    weight: 1,
    draw: fc.record({ org: fc.constantFrom(FIRST_ORG, SECOND_ORG, "newco") }),
    isPossible: ({ pangolin }, { org }) => pangolin.store.org(org) !== undefined,
    play: ({ pangolin, ghost }, { org }) => {
      for (const { apiKeyId } of pangolin.store.keysOf(org)) ghost.deletedByPerson.add(apiKeyId);
      pangolin.store.removeOrg(org);
    },
  }),
  "restrict the provider's key": step({
    weight: 2,
    draw: fc.record({
      without: fc.subarray(["deleteApiKey", "setApiKeyActions", "listApiKeys", "createApiKey", "listApiKeyActions", "getOrg"], {
        minLength: 1,
        maxLength: 2,
      }),
    }),
    play: (life, { without }) => restrict(life, without),
  }),
  "replace the provider's key": step({
    weight: 1,
    draw: fc.record({}),
    play: ({ pangolin }) => {
      pangolin.newRootKey();
    },
  }),
  "rename the endpoint": step({
    weight: 1,
    draw: fc.record({ endpoint: fc.constantFrom(...ENDPOINTS) }),
    play: (life, { endpoint }) => {
      life.endpoint = endpoint;
    },
  }),
  "heal the server": step({
    weight: 3,
    draw: fc.record({}),
    isPossible: ({ pangolin }) => pangolin.faults.any,
    play: ({ pangolin }) => pangolin.faults.heal(),
  }),
};
