import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { Failure } from "./failure.js";

/** An engine on this machine. */
export interface Terraform {
  /** Executable: a name on the PATH, or a path. */
  readonly binary: string;
  readonly product: "Terraform" | "OpenTofu";
  readonly version: string;
}

/** What cdktf starts where TERRAFORM_BINARY_NAME names nothing else. */
export const CDKTF_BINARY = "terraform";

/** TERRAFORM_BINARY_NAME chooses, as in cdktf. Otherwise the first of these on the PATH. */
const BINARIES = [CDKTF_BINARY, "tofu"] as const;
const FIRST_LINE = /^(Terraform|OpenTofu) v(\S+)$/m;

/** The engine that this environment leads to, or undefined. */
export async function findTerraform(env: NodeJS.ProcessEnv): Promise<Terraform | undefined> {
  const chosen = env.TERRAFORM_BINARY_NAME || undefined;
  for (const binary of chosen === undefined ? BINARIES : [chosen]) {
    const found = await identify(binary, env);
    if (found) return found;
  }
  return undefined;
}

/** Like {@link findTerraform}, but fails if there is none. */
export async function requireTerraform(env: NodeJS.ProcessEnv): Promise<Terraform> {
  const found = await findTerraform(env);
  if (found) return found;
  throw new Failure(missingTerraform(env), HOW_TO_GET_TERRAFORM);
}

export const missingTerraform = (env: NodeJS.ProcessEnv): string =>
  env.TERRAFORM_BINARY_NAME
    ? `TERRAFORM_BINARY_NAME is "${env.TERRAFORM_BINARY_NAME}", but that is not a Terraform or OpenTofu executable.`
    : "Neither terraform nor tofu is on the PATH.";

export const HOW_TO_GET_TERRAFORM = [
  "Get one of them, and put it on the PATH:",
  "  OpenTofu   https://opentofu.org/docs/intro/install",
  "  Terraform  https://developer.hashicorp.com/terraform/install",
  "If it is elsewhere, name it: export TERRAFORM_BINARY_NAME=/path/to/it",
].join("\n");

async function identify(binary: string, env: NodeJS.ProcessEnv): Promise<Terraform | undefined> {
  const output = await promisify(execFile)(binary, ["version"], { env: { ...env, CHECKPOINT_DISABLE: "1", TF_CLI_ARGS: "" } }).catch(
    () => undefined,
  );
  const [, product, version] = FIRST_LINE.exec(output?.stdout ?? "") ?? [];
  if (version === undefined) return undefined;
  return { binary, product: product === "OpenTofu" ? "OpenTofu" : "Terraform", version };
}
