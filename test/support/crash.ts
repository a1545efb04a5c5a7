import { readdirSync, readlinkSync } from "node:fs";

/** Ends every process whose working directory this is, at once: Terraform and its providers. */
export function killAllIn(directory: string): void {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (readlinkSync(`/proc/${pid}/cwd`) === directory) process.kill(Number(pid), "SIGKILL");
    } catch {
      // Ended meanwhile, or somebody else's.
    }
  }
}
