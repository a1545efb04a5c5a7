import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { createOrg } from "../support/organization.js";
import { temporaryDirectory } from "../support/run-directory.js";
import { useServer } from "../support/server.js";
import { workspace } from "../support/terraform.js";

const root = resolve(__dirname, "..", "..");
const server = useServer();

test("the stack of the CDKTF example is applied, and adopts its organization", async () => {
  const orgId = await createOrg(server.env);
  const out = await temporaryDirectory("cdktf");
  await promisify(execFile)(process.execPath, ["--import", "tsx", "examples/cdktf/first-key/main.ts"], {
    cwd: root,
    env: { ...process.env, CDKTF_OUTDIR: out, PANGOLIN_ORG_ID: orgId },
  });
  const stack = JSON.parse(readFileSync(join(out, "stacks", "first-key", "cdk.tf.json"), "utf8")) as {
    resource: { pangolin_org: Record<string, { subnet: string; utility_subnet: string }> };
  };
  // The organization of the test has other networks, which cannot be changed.
  for (const organization of Object.values(stack.resource.pangolin_org))
    Object.assign(organization, { subnet: "100.90.0.0/24", utility_subnet: "100.96.128.0/24" });
  const terraform = await workspace({ "cdk.tf.json": JSON.stringify(stack), "main.tf": "" }, server.env);
  await terraform.remove("required-providers.tf");
  await terraform.init("-reconfigure");
  await terraform.apply();
  expect(Object.values(await terraform.outputs())).toEqual([expect.stringMatching(/^\w+\.\w+$/)]);
  expect((await terraform.plan()).changes).toBe(false);
  await terraform.destroy();
});
