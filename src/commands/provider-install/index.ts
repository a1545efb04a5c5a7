import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { version } from "../../version.js";
import type { CommandContext } from "../context.js";
import { Failure } from "../failure.js";
import { shellLines } from "./environment.js";
import { type Installation, installProvider } from "./install.js";
import { directExclusion, mirrorBlock } from "./own-config.js";
import { platformsFor, refusalOfPlatform } from "./platform.js";

interface Options {
  readonly dir: string;
  readonly platform: readonly string[];
  readonly printEnv?: boolean;
  readonly force?: boolean;
}

export const providerInstallCommand = (context: CommandContext): Command =>
  new Command("install")
    .description("install the provider for Terraform, OpenTofu and CDKTF, into this project only")
    .option("--dir <directory>", "where to put the provider's mirror and the CLI configuration", ".pangolin-iac")
    .option("--platform <os_arch>", "a platform to install it for beside this machine's; may be repeated", addPlatform, [])
    .option("--print-env", "print shell lines for eval, and nothing else on stdout; after a failure a line that fails")
    .option("--force", "leave out the provider_installation, or the unreadable file, of your own configuration")
    .addHelpText(
      "after",
      '\nUse it in a shell:\n  eval "$(npx pangolin-iac provider install --print-env)"\n' +
        "\nLock files: the package is the same on every platform, so the checksum that `terraform init` writes fits all of them. To lock providers of\n" +
        "a registry for other platforms, name them: terraform providers lock -platform=darwin_arm64 -platform=linux_amd64 hashicorp/random\n" +
        "`cdktf deploy` would lock all at once, which looks into no mirror; CDKTF_SKIP_PROVIDER_LOCK=true, which is printed, leaves that out.",
    )
    .action((options: Options) => run(context, options));

async function run(context: CommandContext, { dir, platform, printEnv, force }: Options): Promise<void> {
  const directory = resolve(context.directory, dir);
  const installation = await installProvider({
    directory,
    providerPackage: context.providerPackage,
    version,
    platforms: platformsFor(platform),
    env: context.env,
    home: context.home,
    force: force === true,
  }).catch((error: NodeJS.ErrnoException) => {
    // Of the file system: no right, no space, a file in the way.
    if (error.syscall === undefined) throw error;
    throw new Failure(
      `The provider could not be installed into ${directory}: ${error.message}.`,
      "Choose a folder that you may write to with --dir.",
    );
  });
  context.say(storyOf(installation));
  if (installation.obstacles.length > 0) throw obstacleFailure(installation);
  const lines = shellLines(installation.environment);
  if (printEnv) context.print(lines);
  else context.say(`Now run in your shell:\n\n${lines}\n`);
}

function addPlatform(value: string, before: readonly string[]): readonly string[] {
  const refusal = refusalOfPlatform(value);
  if (refusal !== undefined) throw new InvalidArgumentError(refusal);
  return [...before, value];
}

function storyOf({ ledBy, ...installation }: Installation): string {
  return changeOf(installation) + (ledBy === undefined ? "" : `\nYour own configuration, ${ledBy}, leads to it.`);
}

function changeOf({ change, mirror }: Pick<Installation, "change" | "mirror">): string {
  switch (change) {
    case "installed":
      return `Installed provider ${version} into ${mirror}.`;
    case "unchanged":
      return `Provider ${version} is in ${mirror} already.`;
    case "replaced":
      return (
        `Replaced provider ${version} in ${mirror} by another build of the same version.\n` +
        "Its checksum changed: where terraform init says that the package matches no checksum of the lock file,\n" +
        "delete .terraform.lock.hcl there (for CDKTF: cdktf.out/stacks/*/.terraform.lock.hcl) and run init again."
      );
  }
}

const obstacleFailure = ({ obstacles, mirror }: Installation) =>
  new Failure(
    `Your own configuration stands in the way, so no CLI configuration was written:\n${obstacles.map((obstacle) => `  ${obstacle}`).join("\n")}`,
    [
      "Either put this into its provider_installation block, unless it is there:\n",
      mirrorBlock(mirror),
      `and this into its direct and network_mirror blocks, if there are any (if one has an exclude already, add to that):\n\n${directExclusion}\n`,
      "and run the command again; or run it with --force, which makes a configuration of its own without what stands in the way. Your file is never changed.",
    ].join("\n"),
  );
