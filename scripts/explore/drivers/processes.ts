import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";

interface Process {
  readonly pid: number;
  readonly isProvider: boolean;
}

/** Terraform and its providers, which all have its working directory. */
export function processesIn(directory: string): Process[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name): Process[] => {
      try {
        if (readlinkSync(`/proc/${name}/cwd`) !== directory) return [];
        return [{ pid: Number(name), isProvider: readFileSync(`/proc/${name}/cmdline`, "utf8").includes("terraform-provider-pangolin") }];
      } catch {
        // Ended meanwhile, or somebody else's.
        return [];
      }
    });
}

export function signalIn(directory: string, signal: NodeJS.Signals, isMeant: (process: Process) => boolean): void {
  for (const process of processesIn(directory).filter(isMeant)) {
    try {
      globalThis.process.kill(process.pid, signal);
    } catch {
      // Ended meanwhile.
    }
  }
}

/** Waits until none is left: what a killed Terraform leaves behind ends by itself. */
export async function ended(directory: string): Promise<void> {
  while (processesIn(directory).length > 0) await sleep(50);
}
