import { readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import * as z from "zod";
import { testSince } from "../../support/engine.js";
import { api, createOrg } from "../../support/organization.js";
import { useSandbox } from "../../support/server.js";
import { builtImage, gitops, Repository, scriptArchive, withEndpoint } from "./checkout.js";
import { useStateBucket } from "./state-bucket.js";

const TERRAFORM = z.object({
  kind: z.literal("Terraform"),
  spec: z.object({
    approvePlan: z.literal("auto"),
    backendConfig: z.object({ customConfiguration: z.string() }),
    vars: z.array(z.object({ name: z.string(), value: z.string() })),
    writeOutputsToSecret: z.object({ outputs: z.array(z.string()) }),
    runnerPodTemplate: z.object({ spec: z.object({ env: z.array(z.object({ name: z.string() })) }) }),
  }),
});

const documents = parseAllDocuments(readFileSync(join(gitops, "flux", "terraform.yaml"), "utf8")).map((each) => each.toJS());
const { spec } = TERRAFORM.parse(documents.find((each) => each.kind === "Terraform"));
const DAY = 86_400_000;
let now = Date.parse("2031-01-01T00:00:00.000Z");
const server = useSandbox({ now: () => new Date(now) });
const bucket = useStateBucket();

testSince({ terraform: "1.10", tofu: "1.10" })(
  "every reconciliation of the manifest uses one state and puts a working token into the Secret",
  async () => {
    const orgId = await createOrg(server.env);
    expect(spec.runnerPodTemplate.spec.env.map(({ name }) => name)).toEqual([...Object.keys(server.env), ...Object.keys(bucket.env)]);
    expect(spec.vars).toEqual([{ name: "org_id", value: "acme" }]);
    const { config } = await builtImage(join(gitops, "flux", "runner.Dockerfile"), await scriptArchive());
    const repository = await Repository.make({ ...server.env, TF_CLI_CONFIG_FILE: config }, bucket);
    let checkout = await repository.checkout();

    /** What the controller runs, with the outputs under the names that it gives them. */
    const reconcile = async (): Promise<Readonly<Record<string, string>>> => {
      checkout = await repository.checkout();
      const backend = withEndpoint(spec.backendConfig.customConfiguration, bucket);
      await writeFile(join(checkout.folder, "backend_override.tf"), `terraform {\n${backend}\n}\n`);
      await checkout.shell(`terraform init -input=false -upgrade && terraform plan -input=false -out=tfplan -var org_id=${orgId}`);
      await checkout.shell("terraform apply -input=false tfplan");
      const outputs = JSON.parse(await checkout.shell("terraform output -json")) as Record<string, { value: string }>;
      return Object.fromEntries(
        spec.writeOutputsToSecret.outputs.map((entry) => {
          const [name = "", as = name] = entry.split(":");
          return [as, outputs[name]?.value ?? `no output ${name}`];
        }),
      );
    };
    const works = (token: string) =>
      api({ ...server.env, PANGOLIN_API_KEY: token }, "GET", `/org/${orgId}`).then(
        () => true,
        () => false,
      );

    const first = await reconcile();
    expect(Object.keys(first)).toEqual(["token", "ci_rotate_at"]);
    expect(await works(first.token ?? "")).toBe(true);
    expect(await reconcile()).toEqual(first);
    now += 31 * DAY;
    const second = await reconcile();
    expect(second.token).not.toBe(first.token);
    expect([await works(first.token ?? ""), await works(second.token ?? "")]).toEqual([true, true]);
    // The consumer got the token in the same apply.
    expect(await checkout.shell("terraform show -json")).toContain(`"output":"${second.token}"`);
    now += 4 * DAY;
    await reconcile();
    expect([await works(first.token ?? ""), await works(second.token ?? "")]).toEqual([false, true]);
    expect([...bucket.objects.keys()]).toEqual(["/acme-terraform-state/pangolin/terraform.tfstate"]);
  },
);
