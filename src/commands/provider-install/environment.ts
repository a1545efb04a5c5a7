import { join } from "node:path";
import { CDKTF_BINARY } from "../terraform.js";

/** Environment variables that make Terraform, OpenTofu and cdktf use our mirror and not write to the home directory. undefined: unset. */
export type ShellEnvironment = Readonly<Record<string, string | undefined>>;

export const installEnvironment = ({
  directory,
  config,
  binary = CDKTF_BINARY,
}: {
  directory: string;
  /** The CLI configuration that leads to the mirror; undefined: the user's own in the home directory does. */
  config: string | undefined;
  /** The engine that is there, if there is one yet. */
  binary?: string | undefined;
}): ShellEnvironment => ({
  TF_CLI_CONFIG_FILE: config,
  // After `terraform init`, which fills the lock file, `cdktf deploy` runs `terraform providers lock -platform=linux_amd64`. That looks into no mirror
  // of a configuration file, and with -fs-mirror into nothing else, so it cannot lock a provider of a mirror and one of a registry.
  CDKTF_SKIP_PROVIDER_LOCK: "true",
  // Otherwise cdktf creates a plugin cache in the home directory.
  CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
  CDKTF_HOME: join(directory, "cdktf"),
  CHECKPOINT_DISABLE: "1",
  ...(binary === CDKTF_BINARY ? {} : { TERRAFORM_BINARY_NAME: binary }),
});

/** Shell lines for `eval`, one for each variable. */
export const shellLines = (environment: ShellEnvironment): string =>
  Object.entries(environment)
    .map(([name, value]) => (value === undefined ? `unset ${name}` : `export ${name}=${shellWord(value)}`))
    .join("\n");

/** What `eval` is given after a failure, so that a script with `set -e` ends there and `eval … && terraform` goes no further. */
export const FAILING_LINE = "false # pangolin-iac provider install failed; it said why on stderr";

const shellWord = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
