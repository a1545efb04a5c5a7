import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import { pipeline } from "node:stream/promises";
import { ZipFile } from "yazl";

/** The earliest time that ZIP can store, so that archives are reproducible. */
const NO_TIME = { mtime: new Date(1980, 0, 1), forceDosTimestamp: true };

/** Packs files without their folders. Executables stay executable. */
export async function writeArchive(path: string, files: readonly string[]): Promise<void> {
  const zip = new ZipFile();
  for (const file of files) {
    const runs = ((await stat(file)).mode & 0o100) !== 0;
    zip.addFile(file, basename(file), { ...NO_TIME, mode: runs ? 0o100755 : 0o100644 });
  }
  zip.end();
  await pipeline(zip.outputStream, createWriteStream(path));
}
