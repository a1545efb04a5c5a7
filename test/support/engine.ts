import { spawnSync } from "node:child_process";
// Without an ending: see global-setup.ts.
import { testWhere } from "./test-where";

interface Engine {
  readonly binary: string;
  readonly product: string;
  readonly version: readonly number[];
}

/** The engine that the tests run with: the first of these that answers. */
export function findEngine(): Engine | undefined {
  const candidates = process.env.TERRAFORM_BINARY_NAME ? [process.env.TERRAFORM_BINARY_NAME] : ["terraform", "tofu"];
  for (const binary of candidates) {
    const { stdout } = spawnSync(binary, ["version"], { encoding: "utf8", env: { ...process.env, CHECKPOINT_DISABLE: "1" } });
    const found = /^(Terraform|OpenTofu) v(\d+)\.(\d+)/m.exec(stdout ?? "");
    if (found) return { binary, product: String(found[1]), version: [Number(found[2]), Number(found[3])] };
  }
  return undefined;
}

let engine: Engine | undefined;

/** Whether the engine has what came with these releases. */
export function engineHas(since: { readonly terraform: string; readonly tofu?: string }): boolean {
  engine ??= findEngine();
  if (engine === undefined) throw new Error("Neither terraform nor tofu is on the PATH.");
  const { product, version } = engine;
  const needed = product === "OpenTofu" ? since.tofu : since.terraform;
  if (needed === undefined) return false;
  const [major = 0, minor = 0] = needed.split(".").map(Number);
  const [ownMajor = 0, ownMinor = 0] = version;
  return ownMajor > major || (ownMajor === major && ownMinor >= minor);
}

/** `test` where the engine has what came with these releases; elsewhere the test is shown as skipped. */
export const testSince = (since: { readonly terraform: string; readonly tofu?: string }): typeof test =>
  testWhere(engineHas(since), `it needs Terraform ${since.terraform}${since.tofu === undefined ? "" : ` or OpenTofu ${since.tofu}`}`);
