import { join } from "node:path";
import { CDKTF_BINARY } from "../terraform.js";

/** What a shell needs so that Terraform, OpenTofu and cdktf use a mirror of ours and leave the home directory alone. */
export function installEnvironment({
  directory,
  mirror,
  config,
  binary = CDKTF_BINARY,
}: {
  directory: string;
  mirror: string;
  config: string;
  /** The engine that is there, if there is one yet. */
  binary?: string | undefined;
}): Record<string, string> {
  return {
    TF_CLI_CONFIG_FILE: config,
    // `cdktf deploy` runs `terraform providers lock`, which looks into no mirror of a configuration file.
    TF_CLI_ARGS_providers_lock: `-fs-mirror=${terraformWord(mirror)}`,
    // Otherwise cdktf puts a plugin cache of links into the home directory.
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    CDKTF_HOME: join(directory, "cdktf"),
    CHECKPOINT_DISABLE: "1",
    ...(binary === CDKTF_BINARY ? {} : { TERRAFORM_BINARY_NAME: binary }),
  };
}

/** One line of shell for each variable, safe for `eval`. */
export const exportLines = (environment: Record<string, string>): string =>
  Object.entries(environment)
    .map(([name, value]) => `export ${name}=${shellWord(value)}`)
    .join("\n");

const shellWord = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** Terraform splits `TF_CLI_ARGS_*` into words as a shell does. */
const terraformWord = (text: string) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `"${text.replace(/["\\]/g, "\\$&")}"`);
