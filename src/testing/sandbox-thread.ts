import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { type FaultOptions, type Sandbox, type SandboxOptions, startSandbox } from "../sandbox/index.js";
import { Line, NoAnswerError, SANDBOX_END } from "./line.js";

/** What crosses to the sandbox's thread: functions stay behind, and only whether they are there is told. */
export interface ThreadData {
  readonly port: MessagePort;
  readonly cells: Int32Array;
  readonly options: Omit<SandboxOptions, "now" | "faults">;
  readonly faults: ThreadFaults;
  readonly hasNow: boolean;
}
export interface ThreadFaults {
  readonly options: Omit<FaultOptions, "decide">;
  readonly hasDecide: boolean;
}

/** What the thread tells first. */
export type Started = Pick<Sandbox, "endpoint" | "apiKey">;

/** How long a function of the test is waited for: its thread may be busy, but one that starts programs synchronously stays so. */
const ANSWER_LIMIT_MS = 5_000;

/** Runs in a thread of its own, so that it answers while the test's thread waits for Terraform. */
async function main(): Promise<void> {
  const { port, cells, options, faults, hasNow } = workerData as ThreadData;
  const line = new Line(port, cells, SANDBOX_END, (name, args) => handle(name, args));
  const ask = (name: string, args: readonly unknown[] = []) => {
    try {
      return line.call(name, args, ANSWER_LIMIT_MS);
    } catch (error) {
      if (!(error instanceof NoAnswerError)) throw error;
      throw new Error(
        `The sandbox could not ask the test for "${name}", since the test's thread is blocked. A test that starts Terraform synchronously gives no functions: use clockFile in the place of now, and rates in the place of decide.`,
      );
    }
  };
  const faultsOf = (given: ThreadFaults): FaultOptions => ({
    ...given.options,
    ...(given.hasDecide && {
      decide: ({ method, path }) => ask("decide", [{ method, path }]) as ReturnType<NonNullable<FaultOptions["decide"]>>,
    }),
  });
  const sandbox = await startSandbox({
    ...options,
    faults: faultsOf(faults),
    ...(hasNow && { now: () => new Date(ask("now") as number) }),
  });
  const handle = (name: string, args: readonly unknown[]): unknown => {
    if (name === "requests") return sandbox.requests;
    if (name === "setFaults") return sandbox.setFaults(faultsOf(args[0] as ThreadFaults));
    if (name === "deleteOrg") return sandbox.deleteOrg(args[0] as string);
    void sandbox.close().then(() => line.close());
  };
  const started: Started = { endpoint: sandbox.endpoint, apiKey: sandbox.apiKey };
  parentPort?.postMessage(started);
}

void main();
