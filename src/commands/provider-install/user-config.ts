import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigSyntaxError, configItems } from "./config-items.js";
import { type InstallationMethod, installationMethods } from "./installation-methods.js";
import { jsonConfigItems } from "./json-config.js";
import { type OwnConfigOrigin, originOf } from "./own-config.js";

/** One of the user's CLI configuration files, ready to be carried over. */
export interface UserConfig {
  readonly path: string;
  /** Everything but `provider_installation`, verbatim. */
  readonly carried: string;
  /** The methods of its own `provider_installation`; undefined where it has none. */
  readonly installation: readonly InstallationMethod[] | undefined;
}

export interface UserConfigs {
  readonly origin: OwnConfigOrigin;
  readonly configs: readonly UserConfig[];
  /** Files that cannot be carried over, each with the reason. */
  readonly unclear: readonly { readonly path: string; readonly reason: string }[];
}

/**
 * What Terraform would read now. As in Terraform, a file named by TF_CLI_CONFIG_FILE stands alone; otherwise it is the file in the home directory
 * and those in `.terraform.d`. Where the variable names a file that we wrote, the files that one was made from count.
 */
export async function userConfigs(env: NodeJS.ProcessEnv, home: string): Promise<UserConfigs> {
  const origin = await originNow(env.TF_CLI_CONFIG_FILE || undefined);
  return { origin, ...(await readConfigs(origin.file, home)) };
}

/** The file that TF_CLI_CONFIG_FILE names, or the files in the home directory. */
export async function readConfigs(file: string | undefined, home: string): Promise<Pick<UserConfigs, "configs" | "unclear">> {
  const paths = file === undefined ? await defaultFiles(home) : [file];
  const configs: UserConfig[] = [];
  const unclear: { path: string; reason: string }[] = [];
  for (const path of paths) {
    const text = await readIfThere(path);
    if (text === undefined) continue;
    try {
      configs.push(userConfig(path, text));
    } catch (error) {
      if (!(error instanceof ConfigSyntaxError)) throw error;
      unclear.push({ path, reason: error.message });
    }
  }
  return { configs, unclear };
}

async function originNow(override: string | undefined): Promise<OwnConfigOrigin> {
  const text = override === undefined ? undefined : await readIfThere(override);
  return (text === undefined ? undefined : originOf(text)) ?? { file: override };
}

async function defaultFiles(home: string): Promise<readonly string[]> {
  const directory = join(home, ".terraform.d");
  const further = (await readdir(directory).catch(() => [])).filter((name) => /\.tfrc(\.json)?$/.test(name)).sort();
  const main = (await readIfThere(join(home, ".terraformrc"))) === undefined ? ".tofurc" : ".terraformrc";
  return [join(home, main), ...further.map((name) => join(directory, name))];
}

function userConfig(path: string, text: string): UserConfig {
  const source = text.trimStart().startsWith("{") ? jsonConfigItems(text) : text;
  const installations = configItems(source).filter(({ name }) => name === "provider_installation");
  const carried = installations.reduceRight((rest, { start, end }) => rest.slice(0, start) + rest.slice(end), source);
  const methods = installations.flatMap(({ start, end }) => installationMethods(source.slice(start, end)));
  return { path, carried: carried.trim(), installation: installations.length > 0 ? methods : undefined };
}

/** undefined also where it is no file: Terraform, too, only warns then. */
async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "EISDIR" || code === "ENOTDIR") return undefined;
    throw error;
  }
}
