import { engineEnvironment, engines } from "../../scripts/long/engines.js";
import { createOrg } from "../support/organization.js";
import { useSandbox } from "../support/server.js";
import { type PlanResult, workspace } from "../support/terraform.js";

const DAY = 86_400_000;
const START = Date.parse("2031-01-01T00:00:00.000Z");
let now = START;
const server = useSandbox({ now: () => new Date(now) });

/** What a plan says, without what names one run: ids, secrets and moments of the server. */
const said = ({ json, changes }: PlanResult, orgId: string) => {
  const text = JSON.stringify({ changes, resources: json.resource_changes, drift: json.resource_drift, outputs: json.output_changes });
  return JSON.parse(
    text
      .replaceAll(orgId, "ORG")
      .replaceAll(/ORG\/\w+/g, "ORG/X")
      .replaceAll(/"(key_id|previous_key_id|token|previous_token|secret|previous_secret|last_chars)":"[^"]+"/g, '"$1":"X"'),
    // Which of the newer fields an engine writes, and the registry that it names, are its own affair.
    (name, value) =>
      ["provider_name", "before_identity", "after_identity", "complete", "applyable", "errored", "resource_drift"].includes(name)
        ? undefined
        : value,
  );
};

test("R14: the same configuration gives the same plans on every engine", async () => {
  const own = { ...process.env };
  const plans = new Map<string, readonly unknown[]>();
  try {
    for (const engine of [undefined, ...engines()]) {
      process.env = { ...own };
      if (engine !== undefined) Object.assign(process.env, engineEnvironment(engine));
      now = START;
      const orgId = await createOrg(server.env);
      const terraform = await workspace(
        `resource "pangolin_api_key" "ci" {\n  org_id = "${orgId}"\n  name = "ci"\n  permissions = ["getOrg"]\n  rotate_after = "30d"\n}\noutput "due" { value = pangolin_api_key.ci.rotate_at }\n`,
        server.env,
      );
      const steps: unknown[] = [];
      const planned = async () => {
        const plan = await terraform.plan();
        steps.push(said(plan, orgId));
        if (plan.changes) await terraform.apply([plan.file]);
      };
      for (const days of [0, 0, 31, 0, 4, 0]) {
        now += days * DAY;
        await planned();
      }
      plans.set(engine ?? "the one on the PATH", steps);
      await terraform.destroy();
    }
  } finally {
    process.env = own;
  }
  const [first] = plans.values();
  expect(plans.size).toBe(engines().length + 1);
  for (const [engine, steps] of plans) expect([engine, steps]).toEqual([engine, first]);
});
