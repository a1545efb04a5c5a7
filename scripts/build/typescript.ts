import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "./paths.js";

/** Runs the compiler with a configuration from this folder. */
export async function typescript(configuration: string, ...options: string[]): Promise<void> {
  const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
  try {
    await promisify(execFile)(process.execPath, [compiler, "-p", join(__dirname, configuration), ...options], { cwd: root });
  } catch (error) {
    throw new Error(`tsc -p scripts/build/${configuration} failed:\n${(error as { stdout?: string }).stdout ?? error}`);
  }
}
