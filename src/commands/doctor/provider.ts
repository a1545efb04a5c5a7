import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { CommandContext } from "../context.js";
import { ADDRESSES, TYPE } from "../provider-install/address.js";
import { platformOf } from "../provider-install/platform.js";
import { readConfigs } from "../provider-install/user-config.js";
import { type Finding, ok, warning } from "./finding.js";

const SUBJECT = "Provider";
const INSTALL = 'Run: eval "$(npx pangolin-iac provider install --print-env)"';

/** Where engines look without a `provider_installation`, in this order. */
const implicitMirrors = ({ home, directory }: CommandContext): readonly string[] => [
  join(directory, "terraform.d", "plugins"),
  join(home, ".terraform.d", "plugins"),
  join(home, ".local", "share", "terraform", "plugins"),
  "/usr/local/share/terraform/plugins",
  "/usr/share/terraform/plugins",
];

/** Where an engine would take the provider from. */
export async function examineProvider(context: CommandContext): Promise<Finding> {
  const file = context.env.TF_CLI_CONFIG_FILE || undefined;
  const { configs, unclear } = await readConfigs(file, context.home);
  const methods = configs.flatMap(({ installation }) => installation ?? []);
  const override = methods.find(({ kind, mayTake }) => kind === "dev_overrides" && mayTake);
  if (override) return ok(SUBJECT, "from a folder that dev_overrides names, so terraform init is not needed for it");
  const configured = configs.some(({ installation }) => installation !== undefined);
  const mirrors = configured
    ? methods.flatMap(({ kind, path, mayTake }) => (kind === "filesystem_mirror" && mayTake && path !== undefined ? [path] : []))
    : implicitMirrors(context);
  for (const mirror of mirrors) {
    const versions = await versionsIn(mirror);
    if (versions.length > 0) return ok(SUBJECT, `${versions.join(", ")} from the mirror ${mirror}`);
  }
  const [problem] = unclear;
  if (problem) return warning(SUBJECT, `${problem.path} is not understood: ${problem.reason}.`, INSTALL);
  if (configured && mirrors.length > 0)
    return warning(SUBJECT, `The mirror ${mirrors.join(", ")} holds no provider for ${platformOf() ?? "this machine"}.`, INSTALL);
  if (configured) return warning(SUBJECT, `${configs.map(({ path }) => path).join(", ")} leads to no mirror of the provider.`, INSTALL);
  if (file !== undefined && configs.length === 0)
    return warning(SUBJECT, `TF_CLI_CONFIG_FILE is ${file}, which is not there, and no mirror holds the provider.`, INSTALL);
  return warning(SUBJECT, "No mirror holds it, so terraform init looks for it in the registry.", INSTALL);
}

/** Versions for this machine in a filesystem mirror, unpacked or as archives. */
async function versionsIn(mirror: string): Promise<string[]> {
  const platform = platformOf();
  const archive = new RegExp(`^terraform-provider-${TYPE}_(.+)_${platform}\\.zip$`);
  const found = new Set<string>();
  for (const address of ADDRESSES) {
    const folder = join(mirror, ...address.split("/"));
    for (const name of await namesIn(folder)) {
      const packed = archive.exec(name)?.[1];
      if (packed !== undefined) found.add(packed);
      else if (platform !== undefined && (await namesIn(join(folder, name, platform))).length > 0) found.add(name);
    }
  }
  return [...found];
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EACCES"].includes((error as NodeJS.ErrnoException).code ?? "")) return [];
    throw error;
  }
}
