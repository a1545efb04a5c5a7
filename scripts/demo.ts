import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { requireTerraform } from "../src/commands/terraform.js";
import { normaliseEndpoint } from "../src/integration-api/index.js";
import { startSandbox } from "../src/sandbox/index.js";
import { CDKTF } from "./cdktf-cli.js";

/**
 * The main use case from end to end: a CDKTF stack with an organization, an API key and its permissions, on the embedded sandbox or,
 * with `--endpoint` and a root key in PANGOLIN_API_KEY, on a real Pangolin.
 * All files are in a temporary folder. Neither the home directory nor a Terraform configuration is touched.
 */
const root = join(__dirname, "..");
/** Always the same, and adopted by the next run: Pangolin 1.22.0 deletes no organization through its API. */
const ORG_ID = "pangolin-iac-demo";
const STACK = "first-key";

async function main(): Promise<void> {
  const { endpoint } = parseArgs({ options: { endpoint: { type: "string" } } }).values;
  const terraform = await requireTerraform(process.env);
  say(`Building, with ${terraform.binary} on the PATH`);
  await run("npm", ["run", "--silent", "build"], process.env);

  const folder = mkdtempSync(join(tmpdir(), "pangolin-demo-"));
  const sandbox = endpoint === undefined ? await startSandbox() : undefined;
  const server: Server = sandbox ?? { endpoint: endpointOf(endpoint), apiKey: keyOfEnvironment() };
  try {
    say("Installing the provider into a mirror of its own");
    const printed = await run(
      process.execPath,
      ["bin/pangolin-iac.js", "provider", "install", "--dir", join(folder, "install"), "--print-env"],
      process.env,
    );
    const env = {
      ...process.env,
      ...environmentOf(printed),
      CI: "1",
      NO_COLOR: "1",
      FORCE_COLOR: "0",
      TF_CLI_ARGS: "-no-color",
      TERRAFORM_BINARY_NAME: terraform.binary,
      PANGOLIN_ENDPOINT: server.endpoint,
      PANGOLIN_API_KEY: server.apiKey,
      PANGOLIN_ORG_ID: ORG_ID,
      // The example keeps its state beside cdktf.json, where that of the sandbox of now is of no use tomorrow.
      TF_CLI_ARGS_init: `-backend-config=path=${join(folder, "first-key.tfstate")}`,
    };
    await demonstrate(server, env, folder);
  } finally {
    await sandbox?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function demonstrate(server: Server, env: NodeJS.ProcessEnv, folder: string): Promise<void> {
  const out = join(folder, "cdktf.out");
  const outputs = join(folder, "outputs.json");
  const cdktf = (verb: string, ...args: string[]) => run("npx", [...CDKTF, verb, "--output", out, ...args], env);
  const deploy = (extra: NodeJS.ProcessEnv = {}) =>
    run(
      "npx",
      [...CDKTF, "deploy", STACK, "--output", out, "--auto-approve", "--outputs-file", outputs, "--outputs-file-include-sensitive-outputs"],
      { ...env, ...extra },
    );

  say("cdktf synth, and the plan");
  await cdktf("synth");
  show(await cdktf("diff", STACK), /Plan:|# |\+ permissions|No changes/);
  say("cdktf deploy");
  const before = await keysOf(server);
  show(await deploy(), /Apply complete|<sensitive>/);
  const token = tokenIn(JSON.parse(readFileSync(outputs, "utf8")));
  const answer = await fetch(`${server.endpoint}/org/${ORG_ID}`, { headers: { Authorization: `Bearer ${token}` } });
  say(`The token of the sensitive output works: GET /org/${ORG_ID} is answered with ${answer.status}`);
  if (answer.status !== 200) throw new Error("The new key was refused.");

  say("A second plan is empty");
  requireText(await cdktf("diff", STACK), "No changes");
  say("One more grant, applied");
  show(await deploy({ MAY_CHANGE_TARGETS: "1" }), /Apply complete/);
  say("Somebody revokes permissions in the dashboard (drift); the next deploy restores them");
  const [made] = (await keysOf(server)).filter((keyId) => !before.includes(keyId));
  await api(server, "POST", `/org/${ORG_ID}/api-key/${made}/actions`, { actionIds: ["getOrg"] });
  requireText(await deploy({ MAY_CHANGE_TARGETS: "1" }), "1 changed");
  requireText(await run("npx", [...CDKTF, "diff", STACK, "--output", out], { ...env, MAY_CHANGE_TARGETS: "1" }), "No changes");
  say("cdktf destroy");
  show(await cdktf("destroy", STACK, "--auto-approve"), /Destroy complete/);
  if ((await keysOf(server)).some((keyId) => !before.includes(keyId))) throw new Error("A key was left behind.");
  say(`Done: no key is left. The organization ${ORG_ID} stays, as its deletion policy says.`);
}

/** Ids of the organization's keys. Empty while the organization does not exist. */
async function keysOf(server: Server): Promise<string[]> {
  const { apiKeys } = (await api(server, "GET", `/org/${ORG_ID}/api-keys`)) as { apiKeys: { apiKeyId: string }[] };
  return apiKeys.map(({ apiKeyId }) => apiKeyId);
}

function endpointOf(given: string | undefined): string {
  try {
    return normaliseEndpoint(given ?? "");
  } catch (error) {
    throw new Error(`--endpoint: ${(error as Error).message}`);
  }
}

/** From the environment: every user of the machine can read command-line arguments. */
function keyOfEnvironment(): string {
  const key = process.env.PANGOLIN_API_KEY;
  if (!key) throw new Error("Give the root API key of that Pangolin in the environment as PANGOLIN_API_KEY.");
  return key;
}

/** Outputs are nested by stack and construct, which cdktf and cdktn do differently. */
function tokenIn(outputs: unknown): string | undefined {
  if (typeof outputs === "string") return outputs;
  return outputs !== null && typeof outputs === "object" ? Object.values(outputs).map(tokenIn).find(Boolean) : undefined;
}

interface Server {
  readonly endpoint: string;
  readonly apiKey: string;
}

async function api({ endpoint, apiKey }: Server, method: string, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`${endpoint}${path}`, {
    method,
    headers: { Authorization: `Bearer ${apiKey}`, "Content-Type": "application/json" },
    ...(body && { body: JSON.stringify(body) }),
  });
  const { data, message } = (await answer.json()) as { data: unknown; message: string };
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${message}`);
  return data;
}

async function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(command, [...args], { cwd: root, env, maxBuffer: 2 ** 26 });
    return stdout;
  } catch (error) {
    const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}\n${stderr}`);
  }
}

/** Parses the shell lines of `--print-env`. */
const environmentOf = (printed: string): NodeJS.ProcessEnv =>
  Object.fromEntries(
    [...printed.matchAll(/^export (\w+)='((?:[^']|'\\'')*)'$/gm)].map(([, name, value = ""]) => [name, value.replaceAll("'\\''", "'")]),
  );

const say = (text: string) => console.log(`\n== ${text}`);

function show(output: string, interesting: RegExp): void {
  for (const line of output.split("\n")) if (interesting.test(line)) console.log(`   ${line.trimEnd()}`);
}

function requireText(output: string, text: string): void {
  if (!output.includes(text)) throw new Error(`Expected "${text}" in:\n${output}`);
  show(output, new RegExp(text));
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
