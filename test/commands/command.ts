import { join } from "node:path";
import { runCommand } from "../../src/commands/index.js";

export interface CommandResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandWorld {
  readonly directory: string;
  readonly home?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly providerPackage?: string;
  readonly stdin?: string | Buffer;
  readonly interrupted?: AbortSignal;
}

/** Runs the command line in this process. */
export async function command(args: readonly string[], world: CommandWorld): Promise<CommandResult> {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const exitCode = await runCommand(args, {
    env: world.env ?? {},
    directory: world.directory,
    home: world.home ?? join(world.directory, "no-home"),
    providerPackage: world.providerPackage ?? join(world.directory, "no-package"),
    terminal: false,
    interruption: () => world.interrupted ?? new AbortController().signal,
    readStdin: async () => Buffer.from(world.stdin ?? ""),
    print: (text) => void stdout.push(text),
    say: (text) => void stderr.push(text),
  });
  return { exitCode, stdout: stdout.join("\n"), stderr: stderr.join("\n") };
}
