import { resolve } from "node:path";
import { Command, InvalidArgumentError } from "commander";
import { version } from "../../version.js";
import type { CommandContext } from "../context.js";
import { Failure } from "../failure.js";
import { exportLines } from "./environment.js";
import { type Installation, installProvider } from "./install.js";
import { directExclusion, mirrorBlock } from "./own-config.js";
import { terraformPlatform } from "./platform.js";

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
    .option("--platform <os_arch>", "another platform to install it for than this machine's; may be repeated", addPlatform, [])
    .option("--print-env", "print shell lines for eval, and nothing else on stdout")
    .option("--force", "leave out the provider_installation, or the unreadable file, of your own configuration")
    .addHelpText("after", '\nUse it in a shell:\n  eval "$(npx pangolin-iac provider install --print-env)"')
    .action(async (options: Options) => {
      const installation = await installProvider({
        directory: resolve(context.directory, options.dir),
        providerPackage: context.providerPackage,
        version,
        platforms: options.platform.length > 0 ? options.platform : [terraformPlatform()],
        env: context.env,
        home: context.home,
        force: options.force === true,
      });
      context.say(storyOf(installation));
      if (installation.obstacles.length > 0) throw obstacleFailure(installation);
      if (options.printEnv) context.print(exportLines(installation.environment));
      else context.say(`Now run in your shell:\n\n${exportLines(installation.environment)}\n`);
    });

function addPlatform(value: string, before: readonly string[]): readonly string[] {
  if (!/^[a-z0-9]+_[a-z0-9]+$/.test(value)) throw new InvalidArgumentError("It is to be named as Terraform does, e.g. linux_amd64.");
  return [...before, value];
}

function storyOf({ change, mirror }: Installation): string {
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
      "Either put this into its provider_installation block, before any direct block:\n",
      mirrorBlock(mirror),
      `and this into its direct block, if there is one:\n\n${directExclusion}\n`,
      "or run the command with --force, which makes a configuration of its own without what stands in the way. Your file is never changed.",
    ].join("\n"),
  );
