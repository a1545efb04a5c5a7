import { chmod, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";

/** Makes a folder anew beside its place and then puts it there: nothing of a former build stays, and nobody sees half of it. */
export async function buildFolder(target: string, write: (folder: string) => Promise<void>): Promise<void> {
  const parent = dirname(target);
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, `.${basename(target)}-`));
  try {
    await write(folder);
    // Temporary folders are their owner's alone.
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
