import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
// Without an ending: jest loads this file outside the mapping of `.js` to `.ts`.
import { findEngine } from "./engine";
import { findCapabilities } from "./given-server";
import { RUN_DIRECTORY } from "./run-directory";

/** Gives this run of jest a directory that its workers share. Nothing is built here: unit tests must run without a build. */
export default async function globalSetup(): Promise<void> {
  process.env[RUN_DIRECTORY] = await mkdtemp(join(tmpdir(), "pangolin-iac-test-"));
  // cdktf, which some tests run, looks for nothing but `terraform` by itself.
  const binary = findEngine()?.binary;
  if (binary !== undefined) process.env.TERRAFORM_BINARY_NAME = binary;
  await findCapabilities();
}
