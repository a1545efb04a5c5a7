import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { testSince } from "../../support/engine.js";
import { api, createOrg } from "../../support/organization.js";
import { useSandbox } from "../../support/server.js";
import { builtImage, type Checkout, gitops, Repository, scriptArchive } from "./checkout.js";
import { useStateBucket } from "./state-bucket.js";

type BuiltIn = "init" | "plan" | "apply";
type Step = BuiltIn | { readonly run: string } | Readonly<Record<BuiltIn, { readonly extra_args: readonly string[] }>>;
interface Repos {
  readonly repos: readonly { readonly workflow: string }[];
  readonly workflows: Readonly<Record<string, Readonly<Record<"plan" | "apply", { readonly steps: readonly Step[] }>>>>;
}

const { repos, workflows } = parse(readFileSync(join(gitops, "atlantis", "repos.yaml"), "utf8")) as Repos;
const DAY = 86_400_000;
let now = Date.parse("2031-01-01T00:00:00.000Z");
const server = useSandbox({ now: () => new Date(now) });
const bucket = useStateBucket();

/** What Atlantis runs for its own steps. */
const BUILT_IN: Readonly<Record<BuiltIn, string>> = {
  init: "terraform init -input=false -upgrade",
  plan: 'terraform plan -input=false -out "$PLANFILE"',
  apply: 'terraform apply -input=false "$PLANFILE"',
};

function commandOf(step: Step): string {
  if (typeof step === "string") return BUILT_IN[step];
  if ("run" in step) return step.run;
  const [[name, { extra_args }] = ["init", { extra_args: [] }] as const] = Object.entries(step);
  return `${BUILT_IN[name as BuiltIn]} ${extra_args.join(" ")}`;
}

testSince({ terraform: "1.10", tofu: "1.10" })(
  "pull requests and the daily script share one state, and the script applies rotations only",
  async () => {
    const orgId = await createOrg(server.env);
    const { config } = await builtImage(join(gitops, "atlantis", "Dockerfile"), await scriptArchive());
    const repository = await Repository.make({ ...server.env, TF_VAR_org_id: orgId, TF_CLI_CONFIG_FILE: config }, bucket);
    const shell = (checkout: Checkout, command: string) =>
      checkout.shell(command, {
        // The image has the provider's executable under the name pangolin-iac.
        PATH: `${join(checkout.folder, "node_modules", ".bin")}:${checkout.path}`,
        PLANFILE: join(checkout.folder, "default.tfplan"),
      });
    const run = async (checkout: Checkout, phase: "plan" | "apply"): Promise<string> => {
      let out = "";
      for (const step of workflows[repos[0]?.workflow ?? ""]?.[phase].steps ?? []) out += await shell(checkout, commandOf(step));
      return out;
    };
    const rotate = async () => shell(await repository.checkout(), readFileSync(join(gitops, "atlantis", "rotate.sh"), "utf8"));
    const keys = async () => ((await api(server.env, "GET", `/org/${orgId}/api-keys`)) as { apiKeys: unknown[] }).apiKeys;

    const pullRequest = await repository.checkout();
    expect(await run(pullRequest, "plan")).toContain("pangolin_api_key.ci");
    expect(await keys()).toHaveLength(0);
    await run(pullRequest, "apply");
    expect(await keys()).toHaveLength(1);
    expect(await run(await repository.checkout(), "plan")).toContain("No changes");
    expect(await rotate()).toContain("Nothing changes.");
    now += 31 * DAY;
    expect(await rotate()).toContain("2 changed");
    expect(await keys()).toHaveLength(2);
    now += 4 * DAY;
    await rotate();
    expect(await keys()).toHaveLength(1);
    repository.rename("renamed");
    expect(await run(await repository.checkout(), "plan")).toContain("renamed");
    await expect(rotate()).rejects.toMatchObject({ code: 3 });
    expect(await keys()).toHaveLength(1);
  },
);
