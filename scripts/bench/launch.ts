import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCertificate } from "../../src/bridge/plugin/certificate.js";
import { interleaved, median, ratio, report } from "./measure.js";

const COOKIE = { TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2" };
const ROUNDS = 31;
const SAMPLES = 9;

/** Start to handshake compared with an empty Node.js process, as a script and packed; memory of both; and many launches in a row. */
export async function benchLaunch(providerFolder: string, packedExecutable: string, launches: number): Promise<void> {
  const executable = join(providerFolder, readdirSync(providerFolder).find((name) => name.startsWith("terraform-provider-")) ?? "");
  const sockets = mkdtempSync(join(tmpdir(), "bench-"));
  const starter = starterIn(sockets);
  const start = starter(process.execPath, executable);
  try {
    const times = await interleaved(ROUNDS, {
      // The same minimal environment for both: NODE_EXTRA_CA_CERTS alone would double the baseline.
      node: () => ended(spawn(process.execPath, ["-e", "0"], { env: { PATH: process.env.PATH }, stdio: "ignore" })),
      provider: untilHandshake(start),
      packed: untilHandshake(starter(packedExecutable)),
    });
    const memory = await memories(start);
    report("launch", [
      ["start to handshake, of `node -e 0`", ratio(times.provider ?? 0, times.node ?? 0), "1.60"],
      ["packed: start to handshake, of `node -e 0`", ratio(times.packed ?? 0, times.node ?? 0), "0.70"],
      ["start to handshake", `${times.provider?.toFixed(0)} ms`],
      ["resident memory at the handshake, of an idle Node.js", ratio(memory.provider, memory.node), "1.30"],
      ["resident memory at the handshake", `${(memory.provider / 1024).toFixed(0)} MiB`],
      ["failures", `${await failures(launches, start)} of ${launches}`, "0"],
    ]);
  } finally {
    rmSync(sockets, { recursive: true, force: true });
  }
}

/** Median milliseconds from start to handshake of each script, measured in turn. */
export async function timesToHandshake(scripts: Readonly<Record<string, string>>): Promise<Record<string, number>> {
  const sockets = mkdtempSync(join(tmpdir(), "bench-"));
  try {
    return await interleaved(
      ROUNDS,
      Object.fromEntries(
        Object.entries(scripts).map(([name, script]) => [name, untilHandshake(starterIn(sockets)(process.execPath, script))] as const),
      ),
    );
  } finally {
    rmSync(sockets, { recursive: true, force: true });
  }
}

const starterIn = (sockets: string) => {
  const env = {
    PATH: process.env.PATH,
    ...COOKIE,
    PLUGIN_CLIENT_CERT: createCertificate(Date.now()).certificatePem,
    PLUGIN_UNIX_SOCKET_DIR: sockets,
  };
  return (command: string, ...args: string[]) =>
    () =>
      spawn(command, args, { env, stdio: ["ignore", "pipe", "ignore"] });
};

const untilHandshake = (launch: () => ChildProcess) => async (): Promise<void> => {
  const child = launch();
  await handshake(child);
  child.kill("SIGKILL");
};

async function failures(launches: number, start: () => ChildProcess): Promise<number> {
  let failed = 0;
  for (let count = 0; count < launches; count++) {
    const child = start();
    try {
      const line = await handshake(child);
      if (!/^1\|6\|unix\|.+\|grpc\|.+\n$/.test(line)) failed++;
    } catch {
      failed++;
    }
    child.kill("SIGKILL");
  }
  return failed;
}

async function memories(start: () => ChildProcess): Promise<{ readonly node: number; readonly provider: number }> {
  const [node, provider]: [number[], number[]] = [[], []];
  for (let sample = 0; sample < SAMPLES; sample++) {
    const idle = spawn(process.execPath, ["-e", "console.log(1);setTimeout(()=>{},1e6)"], { stdio: ["ignore", "pipe", "ignore"] });
    const child = start();
    await Promise.all([handshake(idle), handshake(child)]);
    node.push(residentKib(idle.pid));
    provider.push(residentKib(child.pid));
    for (const one of [idle, child]) one.kill("SIGKILL");
  }
  return { node: median(node), provider: median(provider) };
}

export const residentKib = (pid: number | undefined): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);

const handshake = (child: ChildProcess): Promise<string> =>
  new Promise((resolve, reject) => {
    child.stdout?.once("data", (chunk: Buffer) => resolve(chunk.toString()));
    child.once("exit", () => reject(new Error("it ended before its first line")));
  });

const ended = (child: ChildProcess): Promise<void> => new Promise((resolve) => child.once("exit", () => resolve()));
