import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { benchLaunch } from "./bench/launch.js";
import { benchMemory } from "./bench/memory.js";
import { benchPlan } from "./bench/plan.js";
import { benchScale } from "./bench/scale.js";
import { buildProvider } from "./build/provider.js";
import { bundleExecutable, makeExecutables } from "./package/executables.js";
import { ownPlatform } from "./package/platforms.js";
import { installTools } from "./package/tools.js";

/** Prints the performance targets of the design as ratios to a baseline from the same run. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      launches: { type: "string", default: "1000" },
      counts: { type: "string", default: "1,10,100,1000" },
      plans: { type: "string", default: "1000" },
      instances: { type: "string", default: "1000,10000,10000" },
    },
  });
  const out = mkdtempSync(join(tmpdir(), "bench-build-"));
  try {
    await buildProvider(out);
    const provider = join(out, "provider");
    await benchLaunch(provider, await packedProvider(out), Number(values.launches));
    const counts = values.counts.split(",").filter(Boolean).map(Number);
    if (counts.length > 0) await benchPlan(out, provider, counts);
    const instances = values.instances.split(",").filter(Boolean).map(Number);
    if (instances.length > 0) await benchScale(out, instances);
    if (Number(values.plans) > 0) await benchMemory(provider, Number(values.plans));
  } finally {
    rmSync(out, { recursive: true, force: true });
  }
}

/** The executable in an archive of a release that Terraform starts. */
async function packedProvider(out: string): Promise<string> {
  await installTools();
  await bundleExecutable(out, join(out, "provider", "schema.bin"));
  const folder = join(out, "packed");
  mkdirSync(folder);
  const [executable = ""] = await makeExecutables(out, ownPlatform(), folder);
  return join(folder, executable);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
