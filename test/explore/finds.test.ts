import { beginInProcess } from "../../scripts/explore/begin.js";
import { replay } from "../../scripts/explore/explore.js";
import type { Step } from "../../scripts/explore/life/steps/step.js";

const apply: Step = { do: "apply", faults: [], schedule: 1 };
const addKey = (key: string, permissions: readonly string[] | null, more: object = {}): Step => ({
  do: "add key",
  key,
  permissions,
  rotateAfter: null,
  gracePeriod: null,
  triggers: null,
  provider: "",
  ownOrg: false,
  ...more,
});
const grant = (name: string, key: string, permissions: readonly string[], more: object = {}): Step => ({
  do: "edit grant",
  grant: name,
  key,
  permissions,
  previous: true,
  provider: "",
  ...more,
});

/** Lives that broke a law once. */
const FOUND: Readonly<Record<string, readonly Step[]>> = {
  "a mint that succeeds after one whose answer was lost is kept although the keys cannot be listed": [
    addKey("a", ["getOrg"]),
    {
      do: "apply with faults",
      faults: [
        { kind: "500-after", on: "mint", after: 0, times: 1 },
        { kind: "403", on: "list", after: 1, times: null },
      ],
      schedule: 1,
    },
  ],
  "mints whose answers are lost are told although the keys cannot be listed": [
    addKey("a", ["getOrg"]),
    { do: "apply with faults", faults: [{ kind: "reset-after", on: "any", after: 4, times: null }], schedule: 1 },
  ],
  "a grant that moves to another key of the same name leaves nothing on the old one, whether that one is new": [
    addKey("a", null),
    grant("g", "a", ["getOrg"]),
    apply,
    addKey("b", null),
    grant("g", "b", ["getOrg", "listRoles"]),
    apply,
  ],
  "or was there before": [
    addKey("a", null),
    grant("g", "a", ["getOrg"]),
    apply,
    addKey("b", null),
    apply,
    grant("g", "b", ["getOrg"]),
    apply,
  ],
  "a grant that moves to another key leaves nothing on the previous key either": [
    addKey("b", null),
    grant("g", "b", ["updateSite"]),
    apply,
    { do: "edit name", key: "b", value: "deploy" },
    apply,
    addKey("a", null),
    grant("g", "a", ["updateSite"]),
    apply,
  ],
  "nor one that moves to a namesake that is rotated in the same apply": [
    addKey("a", null, { triggers: { t: "1" } }),
    addKey("b", null),
    grant("g", "b", ["updateSite"]),
    apply,
    { do: "edit rotation_triggers", key: "a", value: { t: "2" } },
    grant("g", "a", ["updateSite"]),
    apply,
  ],
  "nor do permissions that move to another key": [
    addKey("b", null),
    { ...grant("p", "b", ["updateSite"]), do: "edit permissions resource", set: "p" },
    apply,
    { do: "edit name", key: "b", value: "deploy" },
    apply,
    addKey("a", null),
    { ...grant("p", "a", ["updateSite"]), do: "edit permissions resource", set: "p" },
    apply,
  ],
  "permissions that move from the key's own argument to a grant in one apply are what the grant says": [
    addKey("a", ["getOrg", "listSites"]),
    apply,
    grant("i", "a", ["listRoles", "listSites"]),
    apply,
  ],
  "and on the previous key too, in a rotation": [
    addKey("a", ["getOrg", "listSites"], { triggers: { t: "1" } }),
    apply,
    { do: "edit rotation_triggers", key: "a", value: { t: "2" } },
    grant("i", "a", ["listSites"]),
    apply,
  ],
};

test.each(Object.keys(FOUND))("%s", async (name) => {
  await replay(beginInProcess, 1, [...(FOUND[name] ?? []), { do: "settle", schedule: 1 }], () => undefined);
});
