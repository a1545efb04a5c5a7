import { Command, InvalidArgumentError } from "commander";
import { startSandbox } from "../sandbox/index.js";
import type { CommandContext } from "./context.js";

interface Options {
  readonly port: number;
  readonly state?: string;
  readonly clock?: string;
  readonly log?: string;
  readonly json?: boolean;
  readonly latency: number;
  readonly errorRate: number;
  readonly resetRate: number;
  readonly cutRate: number;
  readonly keyCheck: number;
}

export const sandboxCommand = (context: CommandContext): Command =>
  new Command("sandbox")
    .description("an embedded Integration API on this computer, to try everything without a Pangolin; ends on Ctrl+C")
    .option("--port <number>", "port on the loopback interface; 0: any free one", wholeNumber, 0)
    .option("--state <file>", "keep the state in this file; without it the state is in memory")
    .option("--clock <file>", "read the server's time (RFC 3339) from this file at every request")
    .option("--log <file>", "append one JSON object for each request: method, path, status, ms")
    .option("--json", "print one JSON object with endpoint and apiKey")
    .option("--latency <ms>", "milliseconds that every answer waits", wholeNumber, 0)
    .option("--key-check <ms>", "milliseconds that checking a key takes", wholeNumber, 0)
    .option("--error-rate <share>", "share of requests answered with 500, from 0 to 1", share, 0)
    .option("--reset-rate <share>", "share of requests whose connection is reset after they were done, from 0 to 1", share, 0)
    .option("--cut-rate <share>", "share of requests whose answer is cut in half, from 0 to 1", share, 0)
    .action((options: Options) => run(context, options));

async function run(context: CommandContext, options: Options): Promise<void> {
  const interrupted = context.interruption();
  const sandbox = await startSandbox({
    port: options.port,
    ...(options.state !== undefined && { stateFile: options.state }),
    ...(options.clock !== undefined && { clockFile: options.clock }),
    ...(options.log !== undefined && { logFile: options.log }),
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
  if (!options.json) context.say("The sandbox answers as Pangolin 1.22.0 does. Ctrl+C ends it.");
  if (!interrupted.aborted) await new Promise((resolve) => interrupted.addEventListener("abort", resolve, { once: true }));
  await sandbox.close();
}

function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError("It is a whole number.");
  return Number(text);
}

function share(text: string): number {
  const value = Number(text);
  if (text.trim() === "" || !(value >= 0 && value <= 1)) throw new InvalidArgumentError("It is a number from 0 to 1.");
  return value;
}
