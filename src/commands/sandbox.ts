import { appendFileSync } from "node:fs";
import { Command, InvalidArgumentError, Option } from "commander";
import { readClock } from "../sandbox/clock.js";
import { NEWEST, type Sandbox, type SandboxOptions, SERVER_VERSIONS, type ServerVersion, startSandbox } from "../sandbox/index.js";
import type { CommandContext } from "./context.js";
import { Failure } from "./failure.js";

interface Options {
  readonly port: number;
  readonly state?: string;
  readonly clock?: string;
  readonly log?: string;
  readonly json?: boolean;
  readonly version: ServerVersion;
  readonly latency: number;
  readonly errorRate: number;
  readonly resetRate: number;
  readonly cutRate: number;
  readonly keyCheck: number;
}

export const sandboxCommand = (context: CommandContext): Command =>
  new Command("sandbox")
    .description("start an embedded Integration API on this machine, to try everything without a Pangolin; Ctrl+C ends it")
    .option("--port <number>", "port on the loopback interface; 0 for any free one", portNumber, 0)
    .option("--state <file>", "store the state in this file (default: in memory)")
    .option("--clock <file>", "read the server's time (RFC 3339) from this file at every request")
    .option("--log <file>", "append one JSON object for each request: method, path, status, ms")
    .addOption(new Option("--version <version>", "version of Pangolin to answer as").choices(SERVER_VERSIONS).default(NEWEST))
    .option("--json", "print one JSON object with endpoint and apiKey")
    .option("--latency <ms>", "delay of every answer in milliseconds", wholeNumber, 0)
    .option("--key-check <ms>", "time to check an API key in milliseconds", wholeNumber, 0)
    .option("--error-rate <share>", "share of requests answered with 500, from 0 to 1", share, 0)
    .option("--reset-rate <share>", "share of requests whose connection is reset after they took effect, from 0 to 1", share, 0)
    .option("--cut-rate <share>", "share of requests whose answer is truncated, from 0 to 1", share, 0)
    .action((options: Options) => run(context, options));

async function run(context: CommandContext, options: Options): Promise<void> {
  const { port, state, clock, log } = options;
  if (clock !== undefined) tryFile("--clock", clock, () => readClock(clock), "Put a time into it first: date -u +%FT%TZ > FILE");
  if (log !== undefined)
    tryFile("--log", log, () => appendFileSync(log, "", { mode: 0o600 }), "Make its folder first, or name another file.");
  const interrupted = context.interruption();
  const sandbox = await start({
    port,
    version: options.version,
    ...(state !== undefined && { stateFile: state }),
    ...(clock !== undefined && { clockFile: clock }),
    ...(log !== undefined && { logFile: log }),
    faults: {
      latencyMs: options.latency,
      keyCheckMs: options.keyCheck,
      errorRate: options.errorRate,
      resetRate: options.resetRate,
      cutRate: options.cutRate,
    },
  });
  const { endpoint, apiKey } = sandbox;
  context.print(
    options.json ? JSON.stringify({ endpoint, apiKey }) : `export PANGOLIN_ENDPOINT='${endpoint}'\nexport PANGOLIN_API_KEY='${apiKey}'`,
  );
  if (!options.json) context.say(`The sandbox answers as Pangolin ${options.version} does. Ctrl+C ends it.`);
  if (!interrupted.aborted) await new Promise((resolve) => interrupted.addEventListener("abort", resolve, { once: true }));
  await sandbox.close();
}

/** What a file is needed for is tried before anything is started. */
function tryFile(option: string, path: string, use: () => void, advice: string): void {
  try {
    use();
  } catch (error) {
    throw new Failure(`${option} ${path} cannot be used: ${(error as Error).message}.`, advice);
  }
}

async function start(options: SandboxOptions): Promise<Sandbox> {
  try {
    return await startSandbox(options);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") throw new Failure(`Port ${options.port} is in use.`, "Choose another with --port; 0 takes any free one.");
    if (code === "EACCES") throw new Failure(`Port ${options.port} may not be used: ${message}.`, "Choose one from 1024 on with --port.");
    if (options.stateFile !== undefined)
      throw new Failure(`--state ${options.stateFile} cannot be used: ${message}.`, "Make its folder first, or name another file.");
    throw error;
  }
}

function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (port > 65_535) throw new InvalidArgumentError("It is a number from 0 to 65535.");
  return port;
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("Expected a whole number.");
  return Number(text);
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 1)) throw new InvalidArgumentError("Expected a number from 0 to 1.");
  return value;
}
