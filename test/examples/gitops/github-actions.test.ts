import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { testSince } from "../../support/engine.js";
import { api, createOrg } from "../../support/organization.js";
import { useSandbox } from "../../support/server.js";
import { gitops, Repository } from "./checkout.js";
import { useStateBucket } from "./state-bucket.js";

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly name?: string; readonly run?: string }[] }>>;
}

const workflow = parse(readFileSync(join(gitops, "github-actions", "terraform.yml"), "utf8")) as Workflow;
const DAY = 86_400_000;
let now = Date.parse("2031-01-01T00:00:00.000Z");
const server = useSandbox({ now: () => new Date(now) });
const bucket = useStateBucket();

testSince({ terraform: "1.10", tofu: "1.10" })(
  "the jobs of the workflow share one state, and the scheduled job applies rotations only",
  async () => {
    const orgId = await createOrg(server.env);
    const repository = await Repository.make({ ...server.env, TF_VAR_org_id: orgId }, bucket);
    const job = async (name: string): Promise<string> => {
      const checkout = await repository.checkout();
      let out = "";
      for (const { run } of workflow.jobs[name]?.steps ?? []) if (run !== undefined && run !== "npm ci") out += await checkout.shell(run);
      return out;
    };
    const keys = async () => ((await api(server.env, "GET", `/org/${orgId}/api-keys`)) as { apiKeys: unknown[] }).apiKeys;

    expect(await job("plan")).toContain("2 to add");
    expect(await keys()).toHaveLength(0);
    await job("apply");
    expect(await keys()).toHaveLength(1);
    expect(await job("apply")).toContain("0 added, 0 changed, 0 destroyed");
    expect(await job("plan")).toContain("No changes");
    expect(await job("rotate")).toContain("Nothing changes.");
    expect(await keys()).toHaveLength(1);
    now += 31 * DAY;
    expect(await job("rotate")).toContain("2 changed");
    expect(await keys()).toHaveLength(2);
    now += 4 * DAY;
    await job("rotate");
    expect(await keys()).toHaveLength(1);
    repository.rename("renamed");
    await expect(job("rotate")).rejects.toMatchObject({ code: 3 });
    expect(await keys()).toHaveLength(1);
    // The state and nothing else: every lock was released.
    expect([...bucket.objects.keys()]).toEqual(["/acme-terraform-state/pangolin/terraform.tfstate"]);
  },
);
