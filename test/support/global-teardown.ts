import { rm } from "node:fs/promises";
// Without an ending: see global-setup.ts.
import { runDirectory } from "./run-directory";

export default async function globalTeardown(): Promise<void> {
  await rm(runDirectory(), { recursive: true, force: true });
}
