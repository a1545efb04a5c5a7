import { Command } from "commander";
import type { CommandContext } from "./context.js";
import { providerInstallCommand } from "./provider-install/index.js";

export const providerCommand = (context: CommandContext): Command =>
  new Command("provider").description("the Terraform provider of this package").addCommand(providerInstallCommand(context));
