import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { api, createOrg } from "../../support/organization.js";
import { useSandbox } from "../../support/server.js";
import { builtImage, Checkout, gitops, scriptArchive } from "./checkout.js";

type Step = "init" | "plan" | "apply" | { readonly run: string };
interface Repos {
  readonly repos: readonly { readonly workflow: string }[];
  readonly workflows: Readonly<Record<string, Readonly<Record<"plan" | "apply", { readonly steps: readonly Step[] }>>>>;
}

const { repos, workflows } = parse(readFileSync(join(gitops, "atlantis", "repos.yaml"), "utf8")) as Repos;
const DAY = 86_400_000;
let now = Date.parse("2031-01-01T00:00:00.000Z");
const server = useSandbox({ now: () => new Date(now) });

test("the workflow tells a rotation from other changes, and the daily script applies nothing but rotation", async () => {
  const orgId = await createOrg(server.env);
  const { config } = await builtImage(join(gitops, "atlantis", "Dockerfile"), await scriptArchive());
  const checkout = await Checkout.make({ ...server.env, TF_VAR_org_id: orgId, TF_CLI_CONFIG_FILE: config });
  // The image links the executable of the archive under this name.
  const env = {
    PATH: `${join(checkout.folder, "node_modules", ".bin")}:${checkout.path}`,
    PLANFILE: join(checkout.folder, "default.tfplan"),
  };
  const BUILT_IN = {
    init: "terraform init -input=false -upgrade",
    plan: 'terraform plan -input=false -out "$PLANFILE"',
    apply: 'terraform apply -input=false "$PLANFILE"',
  };
  const run = async (phase: "plan" | "apply"): Promise<string> => {
    let out = "";
    for (const step of workflows[repos[0]?.workflow ?? ""]?.[phase].steps ?? [])
      out += await checkout.shell(typeof step === "string" ? BUILT_IN[step] : step.run, env);
    return out;
  };
  const rotate = () => checkout.shell(readFileSync(join(gitops, "atlantis", "rotate.sh"), "utf8"), env);
  const keys = async () => ((await api(server.env, "GET", `/org/${orgId}/api-keys`)) as { apiKeys: unknown[] }).apiKeys;

  expect(await run("plan")).toContain("pangolin_api_key.ci");
  expect(await keys()).toHaveLength(0);
  await run("apply");
  expect(await keys()).toHaveLength(1);
  expect(await rotate()).toContain("Nothing changes.");
  now += 31 * DAY;
  expect(await rotate()).toContain("2 changed");
  expect(await keys()).toHaveLength(2);
  now += 4 * DAY;
  await rotate();
  expect(await keys()).toHaveLength(1);
  await checkout.rename("renamed");
  expect(await run("plan")).toContain("renamed");
  await expect(rotate()).rejects.toMatchObject({ code: 3 });
  expect(await keys()).toHaveLength(1);
});
