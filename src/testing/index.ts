import { once } from "node:events";
import { join } from "node:path";
import { MessageChannel, Worker } from "node:worker_threads";
import type { FaultOptions, Sandbox, SandboxOptions } from "../sandbox/index.js";
import { Line, TEST_END } from "./line.js";
import type { Started, ThreadData, ThreadFaults } from "./sandbox-thread.js";

export type { Fault, FaultOptions, Sandbox, SandboxOptions, ServerVersion } from "../sandbox/index.js";

/** The sandbox's thread answers at once; one that ended never does. */
const ANSWER_LIMIT_MS = 30_000;

/** Built beside this file. */
const THREAD = join(__dirname, "testing-thread.js");

/**
 * Starts an embedded Integration API that answers as Pangolin does (1.22.0, or the version of the options), on the loopback interface and in a thread of its own:
 * it answers also while a test waits for Terraform with `execFileSync`. It keeps the process alive until it is closed.
 *
 * `now` and `faults.decide` are called in the thread of the test, which has to be free for that: a test that starts Terraform
 * synchronously uses `clockFile` and rates. Rejects where the port is taken or a file cannot be read.
 */
export async function startSandbox({ now, faults = {}, ...options }: SandboxOptions = {}): Promise<Sandbox> {
  const { port1, port2 } = new MessageChannel();
  const cells = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  let { decide } = faults;
  const line = new Line(port1, cells, TEST_END, (name, args) =>
    name === "now" ? Number(now?.()) : decide?.(args[0] as Parameters<NonNullable<FaultOptions["decide"]>>[0]),
  );
  const data: ThreadData = { port: port2, cells, options, faults: withoutFunctions(faults), hasNow: now !== undefined };
  const worker = new Worker(THREAD, { workerData: data, transferList: [port2] });
  const ended = new Promise<void>((resolve) => worker.once("exit", () => resolve()));
  const { endpoint, apiKey } = await firstMessage(worker).catch((error) => {
    line.close();
    throw error;
  });
  const call = (name: string, ...args: unknown[]) => line.call(name, args, ANSWER_LIMIT_MS);
  let closed: Promise<void> | undefined;
  let requestsAtClose: Sandbox["requests"] = [];
  return {
    endpoint,
    apiKey,
    /** Those of now; a later look has more. */
    get requests() {
      return closed ? requestsAtClose : (call("requests") as Sandbox["requests"]);
    },
    setFaults: (next) => {
      decide = next.decide;
      call("setFaults", withoutFunctions(next));
    },
    deleteOrg: (orgId) => void call("deleteOrg", orgId),
    close: () => {
      if (closed) return closed;
      requestsAtClose = call("requests") as Sandbox["requests"];
      call("close");
      closed = ended.then(() => line.close());
      return closed;
    },
  };
}

function withoutFunctions({ decide, ...options }: FaultOptions): ThreadFaults {
  return { options, hasDecide: decide !== undefined };
}

/** What the thread says first; rejects where it fails before. */
async function firstMessage(worker: Worker): Promise<Started> {
  const [started] = (await once(worker, "message")) as [Started];
  return started;
}
