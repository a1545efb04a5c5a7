import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";

const root = resolve(__dirname, "..", "..");
/** What hangs is ended, so that a test fails and nothing is left. */
const TIME_LIMIT_MS = 120_000;

export interface ProcessResult {
  /** null: it died of a signal. */
  readonly exitCode: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface ProcessOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly directory?: string;
  readonly stdin?: string;
  /** Called once the process runs. */
  readonly meanwhile?: (child: ChildProcess) => unknown;
}

/** The command line as a user starts it: with its own process, streams and exit code. */
export async function commandProcess(args: readonly string[], options: ProcessOptions = {}): Promise<ProcessResult> {
  const { env = {}, directory = root, stdin, meanwhile } = options;
  const child = spawn(
    process.execPath,
    ["--import", resolve(root, "node_modules/tsx/dist/loader.mjs"), resolve(root, "src/cli.ts"), ...args],
    {
      cwd: directory,
      env: { PATH: process.env.PATH, HOME: directory, ...env },
      stdio: ["pipe", "pipe", "pipe"],
      timeout: TIME_LIMIT_MS,
      killSignal: "SIGKILL",
    },
  );
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  child.stdin.end(stdin ?? "");
  const closed = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  await meanwhile?.(child);
  const [exitCode, signal] = await closed;
  return { exitCode, signal, stdout, stderr };
}
