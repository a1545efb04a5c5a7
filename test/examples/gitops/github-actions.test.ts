import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { api, createOrg } from "../../support/organization.js";
import { useSandbox } from "../../support/server.js";
import { Checkout, gitops } from "./checkout.js";

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly { readonly name?: string; readonly run?: string }[] }>>;
}

const workflow = parse(readFileSync(join(gitops, "github-actions", "terraform.yml"), "utf8")) as Workflow;
const DAY = 86_400_000;
let now = Date.parse("2031-01-01T00:00:00.000Z");
const server = useSandbox({ now: () => new Date(now) });

test("the steps of the workflow plan, apply and rotate, and refuse to rotate where anything else changes", async () => {
  const orgId = await createOrg(server.env);
  const checkout = await Checkout.make({ ...server.env, TF_VAR_org_id: orgId });
  const job = async (name: string): Promise<string> => {
    let out = "";
    for (const { run } of workflow.jobs[name]?.steps ?? []) if (run !== undefined && run !== "npm ci") out += await checkout.shell(run);
    return out;
  };
  const keys = async () => ((await api(server.env, "GET", `/org/${orgId}/api-keys`)) as { apiKeys: unknown[] }).apiKeys;

  expect(await job("plan")).toContain("2 to add");
  expect(await keys()).toHaveLength(0);
  await job("apply");
  expect(await keys()).toHaveLength(1);
  expect(await job("plan")).toContain("No changes");
  expect(await job("rotate")).toContain("Nothing changes.");
  now += 31 * DAY;
  expect(await job("rotate")).toContain("2 changed");
  expect(await keys()).toHaveLength(2);
  now += 4 * DAY;
  await job("rotate");
  expect(await keys()).toHaveLength(1);
  await checkout.rename("renamed");
  await expect(job("rotate")).rejects.toMatchObject({ code: 3 });
  expect(await keys()).toHaveLength(1);
});
