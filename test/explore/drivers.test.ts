import { beginInProcess, beginWithTerraform } from "../../scripts/explore/begin.js";
import { type ExploreOptions, replay } from "../../scripts/explore/explore.js";
import type { Life } from "../../scripts/explore/life/life.js";
import type { Step } from "../../scripts/explore/life/steps/step.js";

/** What both drivers must agree in: the objects in the state, and the keys on the server, without what is random. */
function seenOf(life: Life): unknown {
  const numbers = new Map<unknown, string>();
  const numberOf = (id: unknown) => {
    if (typeof id !== "string") return id;
    numbers.set(id, numbers.get(id) ?? `key ${numbers.size}`);
    return numbers.get(id);
  };
  const instances = [...life.driver.instances()].sort((one, other) => (one.address < other.address ? -1 : 1));
  return {
    state: instances.map(({ address, values, tainted }) => ({
      address,
      tainted,
      name: values.name,
      key: numberOf(values.key_id),
      previous: numberOf(values.previous_key_id),
      permissions: [...((values.permissions as string[] | null | undefined) ?? [])].sort(),
      generation: values.generation,
      rotateAt: toTheMinute(values.rotate_at),
      retireAt: toTheMinute(values.retire_previous_at),
      due: [values.rotation_due, values.retirement_due],
    })),
    server: life.pangolin.store.data.keys
      .filter(({ isRoot }) => !isRoot)
      .map(({ name, actions }) => `${name}: ${[...actions].sort().join()}`)
      .sort(),
  };
}

/** A life's clock goes on with each request, and the order of what runs at once is not the same. */
const toTheMinute = (time: unknown): unknown => (typeof time === "string" ? time.slice(0, "2031-01-01T00:00".length) : time);

async function play(begin: ExploreOptions["begin"], script: readonly Step[]): Promise<unknown[]> {
  const seen: unknown[] = [];
  await replay(begin, 1, script, (_step, life) => seen.push(seenOf(life)));
  return seen;
}

const apply: Step = { do: "apply", faults: [], schedule: 1 };
const withFault = (kind: string, on: string, after = 0): Step => ({
  do: "apply with faults",
  faults: [{ kind, on, after, times: 1 }],
  schedule: 1,
});
const newKey = (key: string, more: object): Step => ({
  do: "add key",
  key,
  permissions: null,
  rotateAfter: null,
  gracePeriod: null,
  triggers: null,
  provider: "",
  ownOrg: false,
  ...more,
});

const SCRIPTS: Readonly<Record<string, readonly Step[]>> = {
  "rotations, an unknown trigger, a saved plan and a grant": [
    newKey("a", { permissions: ["getOrg", "@word"], rotateAfter: "10d", gracePeriod: "1d", triggers: { t: "@word" } }),
    newKey("b", { provider: "second" }),
    { do: "edit grant", grant: "g", key: "b", permissions: ["listSites"], previous: true, provider: "" },
    apply,
    { do: "edit data", input: "listRoles", note: "2" },
    { do: "plan -out", faults: [], schedule: 1 },
    { do: "time passes", hours: 264 },
    { do: "apply the saved plan", faults: [], schedule: 1 },
    apply,
    { do: "edit name", key: "b", value: "deploy" },
    { do: "edit permissions", key: "a", value: ["getSite"] },
    { do: "apply -target", faults: [], schedule: 1, target: 0 },
    apply,
    { do: "remove grant", grant: "g" },
    { do: "edit permissions", key: "b", value: ["getSite"] },
    apply,
  ],
  "faults, a kill, an import and a replacement": [
    newKey("a", { permissions: ["getOrg"], triggers: { t: "1" }, gracePeriod: "0s" }),
    withFault("500-before", "grant"),
    apply,
    { do: "edit rotation_triggers", key: "a", value: { t: "2" } },
    withFault("500-before", "delete"),
    { do: "import a key", key: "b", withPermissions: true, schedule: 1 },
    apply,
    { do: "edit org_id", key: "a", value: "umbra" },
    withFault("kill-terraform-after", "delete"),
    apply,
    { do: "delete a key in the dashboard", key: "b", generation: "key_id" },
    { do: "apply -refresh=false", faults: [], schedule: 1 },
    { do: "taint", key: "a" },
    apply,
  ],
};

test.each(Object.keys(SCRIPTS))("the imitation of Terraform does what Terraform does: %s", async (name) => {
  const script = SCRIPTS[name] ?? [];
  expect(await play(beginInProcess, script)).toEqual(await play(beginWithTerraform, script));
});
