import { chmod, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Builds a folder next to its destination and then moves it there: nothing of an earlier build remains, and no reader sees a partial one. */
export async function buildFolder(target: string, write: (folder: string) => Promise<void>): Promise<void> {
  const parent = dirname(target);
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, `.${basename(target)}-`));
  try {
    await write(folder);
    // mkdtemp creates folders that only their owner can read.
    await chmod(folder, 0o755);
    await replace(target, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function replace(target: string, folder: string): Promise<void> {
  const former = join(dirname(target), `.former-${basename(target)}-${process.pid}`);
  await rename(target, former).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  await rename(folder, target);
  await rm(former, { recursive: true, force: true });
}
