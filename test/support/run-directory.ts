import { mkdir, mkdtemp, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** The environment variable that tells workers the directory of this run of jest. */
export const RUN_DIRECTORY = "PANGOLIN_IAC_TEST_RUN";

/** A directory for this run of jest, shared by all workers, removed at its end. */
export function runDirectory(): string {
  const directory = process.env[RUN_DIRECTORY];
  if (directory === undefined) throw new Error("There is no directory of this run: jest's globalSetup has not run.");
  return directory;
}

/** A fresh directory inside it. */
export const temporaryDirectory = (purpose: string): Promise<string> => mkdtemp(join(runDirectory(), `${purpose}-`));

/**
 * Makes something once per run, whichever worker needs it first, and gives its directory to all.
 * mkdir is the lock: it succeeds for one worker only. The others wait for the verdict that this one writes.
 */
export async function oncePerRun(name: string, make: (directory: string) => Promise<void>): Promise<string> {
  const directory = join(runDirectory(), name);
  const done = `${directory}.done`;
  const failed = `${directory}.failed`;
  if (await firstToMake(directory)) {
    try {
      await make(directory);
    } catch (error) {
      await writeFile(failed, "");
      throw error;
    }
    await writeFile(done, "");
    return directory;
  }
  while (!(await isThere(done))) {
    if (await isThere(failed)) throw new Error(`Making ${name} failed; the first test that needed it says why.`);
    await sleep(50);
  }
  return directory;
}

async function firstToMake(directory: string): Promise<boolean> {
  try {
    await mkdir(directory);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
