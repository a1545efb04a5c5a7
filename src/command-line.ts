import { homedir } from "node:os";
import { runCommand } from "./commands/index.js";

/** Runs the command `pangolin-iac` of this process. `providerPackage`: the folder that `provider install` installs. */
export async function runCommandLine(args: readonly string[], providerPackage: string): Promise<void> {
  // A reader that has seen enough (`pangolin-iac permissions | head`) is no failure.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
  process.exitCode = await runCommand([...args], {
    env: process.env,
    directory: process.cwd(),
    home: homedir(),
    providerPackage,
    terminal: process.stdout.isTTY === true,
    readStdin: async () => Buffer.concat(await process.stdin.toArray()),
    print: (text) => process.stdout.write(`${text}\n`),
    say: (text) => process.stderr.write(`${text}\n`),
  });
}
