import { homedir } from "node:os";
import { EXIT } from "./commands/exit-code.js";
import { runCommand } from "./commands/index.js";

/** Runs the command `pangolin-iac` of this process. `providerPackage`: the folder that `provider install` installs. */
export async function runCommandLine(args: readonly string[], providerPackage: string): Promise<void> {
  const stdout = outputTo(process.stdout);
  const stderr = outputTo(process.stderr);
  const work = runCommand([...args], {
    env: process.env,
    directory: process.cwd(),
    home: homedir(),
    providerPackage,
    terminal: process.stdout.isTTY === true,
    readStdin: async () => Buffer.concat(await process.stdin.toArray()),
    interruption: takeInterrupts,
    print: (text) => stdout.write(`${text}\n`),
    say: (text) => stderr.write(`${text}\n`),
  });
  const exitCode = await awaited(work, () => stderr.write("pangolin-iac ended before its work was done. This is a bug of pangolin-iac.\n"));
  process.exitCode = exitCode;
  const lost = await stdout.failure();
  if (lost === undefined) return;
  stderr.write(`pangolin-iac could not write its result to stdout: ${lost.message}\n`);
  if (exitCode === EXIT.ok) process.exitCode = EXIT.failed;
}

/** Waits for work. Until it is done, an end of the process is a failure: something that it waits for is waited for no more. */
export async function awaited<T>(work: Promise<T>, tellOfEarlyEnd: () => void): Promise<T> {
  process.exitCode = EXIT.failed;
  process.once("beforeExit", tellOfEarlyEnd);
  const done = await work;
  process.removeListener("beforeExit", tellOfEarlyEnd);
  return done;
}

interface Output {
  write(text: string): void;
  /** Why what was written did not arrive, once all of it was. */
  failure(): Promise<Error | undefined>;
}

/** A reader that has seen enough (`pangolin-iac permissions | head`) is no failure, and changes no exit code: the command goes on and ends as it would. */
function outputTo(stream: NodeJS.WriteStream): Output {
  let failed: NodeJS.ErrnoException | undefined;
  stream.on("error", (error) => {
    failed ??= error;
  });
  return {
    write: (text) => {
      if (!failed) stream.write(text);
    },
    failure: async () => {
      if (!failed) await new Promise<void>((resolve) => stream.write("", () => resolve()));
      return failed?.code === "EPIPE" ? undefined : failed;
    },
  };
}

function takeInterrupts(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const)
    process.on(name, () => {
      if (controller.signal.aborted) process.exit(EXIT.interrupted);
      controller.abort();
    });
  return controller.signal;
}
