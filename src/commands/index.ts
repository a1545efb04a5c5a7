import { Command, CommanderError } from "commander";
import { version } from "../version.js";
import type { CommandContext } from "./context.js";
import { doctorCommand } from "./doctor/index.js";
import { EXIT, EXIT_CODES_HELP } from "./exit-code.js";
import { Failure } from "./failure.js";
import { permissionsCommand } from "./permissions.js";
import { planCheckCommand } from "./plan-check/index.js";
import { providerCommand } from "./provider.js";
import { FAILING_LINE } from "./provider-install/environment.js";
import { sandboxCommand } from "./sandbox.js";
import { sweepCommand } from "./sweep/index.js";

/** Runs the command line and gives its exit code. */
export async function runCommand(args: readonly string[], context: CommandContext): Promise<number> {
  const program = programFor(context);
  try {
    await program.parseAsync(args, { from: "user" });
    return EXIT.ok;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return EXIT.ok;
    // Whatever went wrong, `eval "$(… --print-env)"` must not succeed with nothing set.
    if (args.includes("--print-env")) context.print(FAILING_LINE);
    if (error instanceof CommanderError) return EXIT.usage;
    context.say(error instanceof Failure ? `${error.message}\n${error.advice}` : `pangolin-iac failed: ${messageOf(error)}`);
    return error instanceof Failure ? error.exitCode : EXIT.failed;
  }
}

function programFor(context: CommandContext): Command {
  const program = new Command("pangolin-iac")
    .description("Tools for managing Pangolin with Terraform, OpenTofu and CDKTF.")
    .version(version)
    .showHelpAfterError("Add --help to see what is possible.")
    .configureHelp({ showGlobalOptions: true });
  for (const command of [providerCommand, sandboxCommand, permissionsCommand, doctorCommand, sweepCommand, planCheckCommand])
    program.addCommand(command(context));
  everyCommand(program, (command) =>
    command
      .addHelpText("after", EXIT_CODES_HELP)
      .exitOverride()
      .configureOutput({ writeOut: (text) => context.print(text.trimEnd()), writeErr: (text) => context.say(text.trimEnd()) }),
  );
  return program;
}

function everyCommand(command: Command, visit: (command: Command) => void): void {
  visit(command);
  for (const child of command.commands) everyCommand(child, visit);
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));
