import { type ChildProcessByStdio, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import type { Readable, Writable } from "node:stream";
import { promisify } from "node:util";
import { oncePerRun } from "../support/run-directory.js";

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

export type Running = ChildProcessByStdio<Writable, Readable, Readable>;

export interface ProcessOptions {
  readonly env?: NodeJS.ProcessEnv;
  readonly directory?: string;
  readonly stdin?: string;
  /** A file that stdout goes to. */
  readonly redirect?: string;
  /** Called once the process runs; what it gives is waited for. */
  readonly meanwhile?: (child: Running) => unknown;
}

/** The command as it is shipped, built from the sources of now, once per run. */
const builtCommand = (): Promise<string> =>
  oncePerRun("command", async (out) => {
    await promisify(execFile)(process.execPath, ["--import", "tsx", "scripts/build.ts", "--out", out, "command"], { cwd: root });
  }).then((out) => join(out, "cli.js"));

/** The command line as a user starts it: with its own process, streams and exit code. */
export async function commandProcess(args: readonly string[], options: ProcessOptions = {}): Promise<ProcessResult> {
  const { env = {}, directory = root, stdin = "", redirect, meanwhile } = options;
  const command = [process.execPath, await builtCommand(), ...args];
  const [program = "", ...rest] = redirect === undefined ? command : ["sh", "-c", `exec "$@" > ${redirect}`, "sh", ...command];
  const child = spawn(program, rest, {
    cwd: directory,
    env: { PATH: process.env.PATH, HOME: directory, ...env },
    stdio: ["pipe", "pipe", "pipe"],
    timeout: TIME_LIMIT_MS,
    killSignal: "SIGKILL",
  });
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  child.stdin.end(stdin);
  const closed = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  await meanwhile?.(child);
  const [exitCode, signal] = await closed;
  return { exitCode, signal, stdout, stderr };
}

/** Waits until a running command has written a text. */
export const written = (stream: Readable, text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    let seen = "";
    stream.on("data", (chunk: Buffer) => {
      seen += chunk.toString();
      if (seen.includes(text)) resolve();
    });
    stream.once("close", () => reject(new Error(`Expected "${text}" in: ${seen}`)));
  });
