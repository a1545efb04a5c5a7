import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { installIntoMirror } from "../../src/commands/provider-install/mirror.js";
import { terraformPlatform } from "../../src/commands/provider-install/platform.js";
import { requireTerraform } from "../../src/commands/terraform.js";
import { schema as apiKeySchema } from "../../src/provider/api-key/schema.js";
import { type Sandbox, startSandbox } from "../../src/sandbox/index.js";
import { version } from "../../src/version.js";
import { interleaved, ratio, report } from "./measure.js";
import { buildScale } from "./scale/build.js";

const ROUNDS = 5;
const TARGET_FOR_1000 = "1.80";

const required = 'terraform {\n  required_providers {\n    pangolin = { source = "pangolin-iac/pangolin" }\n  }\n}\n';
const keys = (count: number) =>
  `${required}resource "pangolin_api_key" "k" {\n  count = ${count}\n  org_id = "acme"\n  name = "k\${count.index}"\n  permissions = ["getOrg", "listSites"]\n}\n`;
/** The same number of attributes in a provider that does nothing: the time that Terraform itself takes. */
const ATTRIBUTES = Object.keys(apiKeySchema.shape).length;
const things = (count: number) =>
  `terraform {\n  required_providers {\n    scale = { source = "bench/scale" }\n  }\n}\nresource "scale_thing_0" "k" {\n  count = ${count}\n${Array.from({ length: Math.ceil(ATTRIBUTES / 5) }, (_, index) => `  attribute_${5 * index} = "k\${count.index}"\n`).join("")}}\n`;
const data = (count: number) => `resource "terraform_data" "k" {\n  count = ${count}\n  input = "k\${count.index}"\n}\n`;

/** Plans of unchanged keys compared with as many `terraform_data`, and the number of requests. */
export async function benchPlan(out: string, providerFolder: string, counts: readonly number[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const sandbox = await startSandbox();
  try {
    await newOrg(sandbox);
    const terraform = await terraformIn(folder, providerFolder, sandbox);
    const scale = dirname(await buildScale(out, { resources: 1, attributes: ATTRIBUTES }));
    cpSync(scale, join(folder, "mirror", "registry.terraform.io", "bench", "scale", "0.1.0", terraformPlatform()), { recursive: true });
    for (const count of counts) {
      await terraform("keys", keys(count), "apply", "-auto-approve");
      await terraform("data", data(count), "apply", "-auto-approve");
      await terraform("things", things(count), "apply", "-auto-approve");
      const before = sandbox.requests.length;
      await terraform("keys", undefined, "plan");
      const requests = kindsOf(sandbox.requests.slice(before));
      const times = await interleaved(ROUNDS, {
        keys: () => terraform("keys", undefined, "plan"),
        data: () => terraform("data", undefined, "plan"),
        things: () => terraform("things", undefined, "plan"),
      });
      report(`plan of ${count} unchanged keys`, [
        ["of as many terraform_data", ratio(times.keys ?? 0, times.data ?? 0), count === 1000 ? TARGET_FOR_1000 : undefined],
        ["of as many objects with as many attributes of a provider that does nothing", ratio(times.keys ?? 0, times.things ?? 0)],
        ["wall time", `${times.keys?.toFixed(0)} ms`],
        ...requests.map(([kind, number]) => [kind, String(number)] as const),
      ]);
    }
  } finally {
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

export async function newOrg({ endpoint, apiKey }: Sandbox): Promise<void> {
  await fetch(`${endpoint}/org`, {
    method: "PUT",
    headers: { Authorization: `Bearer ${apiKey}`, "Content-Type": "application/json" },
    body: JSON.stringify({ orgId: "acme", name: "Acme", subnet: "100.90.0.0/24", utilitySubnet: "100.96.128.0/24" }),
  });
}

/** Terraform in separate folders under `folder`, with the provider from a mirror there. */
export async function terraformIn(folder: string, providerFolder: string, sandbox: Sandbox, more: NodeJS.ProcessEnv = {}) {
  const mirror = join(folder, "mirror");
  await installIntoMirror({ from: providerFolder, mirror, version, platforms: [terraformPlatform()] });
  writeFileSync(
    join(folder, "terraform.rc"),
    `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(mirror)}\n  }\n}\n`,
  );
  const { binary } = await requireTerraform(process.env);
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    TF_CLI_CONFIG_FILE: join(folder, "terraform.rc"),
    TF_CLI_ARGS: "-no-color",
    CHECKPOINT_DISABLE: "1",
    PANGOLIN_ENDPOINT: sandbox.endpoint,
    PANGOLIN_API_KEY: sandbox.apiKey,
    ...more,
  };
  const initialised = new Set<string>();
  return async (name: string, configuration: string | undefined, ...args: string[]): Promise<void> => {
    const cwd = join(folder, name);
    if (configuration !== undefined) {
      cpSync(mkdtempSync(join(folder, "new-")), cwd, { recursive: true });
      writeFileSync(join(cwd, "main.tf"), configuration);
    }
    const run = (...words: string[]) => promisify(execFile)(binary, words, { cwd, env, maxBuffer: 2 ** 28 });
    if (!initialised.has(name)) await run("init", "-input=false");
    initialised.add(name);
    await run(...args, "-input=false");
  };
}

function kindsOf(requests: Sandbox["requests"]): [string, number][] {
  const counts = new Map<string, number>();
  for (const { method, path } of requests) {
    const kind = `${method} ${path.replace(/api-key\/\w+/, "api-key/*")}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  }
  return [...counts].sort();
}
