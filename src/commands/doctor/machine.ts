import type { CommandContext } from "../context.js";
import { findTerraform, HOW_TO_GET_TERRAFORM, missingTerraform } from "../terraform.js";
import { type Finding, failed, ok, warning } from "./finding.js";
import { examineProvider } from "./provider.js";

const OLDEST = { Terraform: "1.6", OpenTofu: "1.8" } as const;

/** Checks this machine: Node.js, the engine, and where it installs the provider from. */
export async function examineMachine(context: CommandContext): Promise<Finding[]> {
  return [node(), await engine(context.env), await examineProvider(context)];
}

function node(): Finding {
  const { version } = process;
  const major = Number(/^v(\d+)/.exec(version)?.[1]);
  if (major < 20) return failed("Node.js", `${version} is too old.`, "The provider needs Node.js 20 or newer.");
  if (major >= 24)
    return warning(
      "Node.js",
      version,
      "The provider runs on it, but cdktf-cli 0.21 does not start on Node.js 24 and newer; use 20 or 22 for cdktf.",
    );
  return ok("Node.js", version);
}

async function engine(env: NodeJS.ProcessEnv): Promise<Finding> {
  const found = await findTerraform(env);
  if (!found) return failed("Engine", missingTerraform(env), HOW_TO_GET_TERRAFORM);
  const { product, version, binary } = found;
  const oldest = OLDEST[product];
  return isOlder(version, oldest)
    ? failed("Engine", `${product} ${version} (${binary}) is too old.`, `Use ${product} ${oldest} or newer.`)
    : ok("Engine", `${product} ${version} (${binary})`);
}

function isOlder(version: string, than: string): boolean {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const [thanMajor = 0, thanMinor = 0] = than.split(".").map(Number);
  return major < thanMajor || (major === thanMajor && minor < thanMinor);
}
