import { randomInt } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { corner } from "../test/corner/provider.js";
import { buildCorner } from "./build/corner.js";
import { type FuzzReport, fuzz } from "./fuzz/run.js";

const DEADLINE_MS = 10_000;

/** Sends hostile input to the bridge's test provider for the given time and reports the outcome. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      count: { type: "string", default: "20000" },
      seconds: { type: "string", default: "120" },
      seed: { type: "string", default: String(randomInt(2 ** 31)) },
    },
  });
  const [count, seconds, seed] = [Number(values.count), Number(values.seconds), Number(values.seed)];
  console.log(`seed ${seed}: repeat with npm run fuzz -- --count ${count} --seconds ${seconds} --seed ${seed}`);
  const folder = mkdtempSync(join(tmpdir(), "fuzz-"));
  try {
    await buildCorner(folder);
    const executable = join(folder, "corner", "terraform-provider-framework");
    print(await fuzz({ executable, provider: corner, folder, count, seconds, seed, deadlineMs: DEADLINE_MS, growth: true }));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function print({ outcomes, attacks, residentMiB, handles, failure }: FuzzReport): void {
  for (const [kind, counts] of Object.entries(outcomes).sort()) {
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    const each = Object.entries(counts).sort(([, one], [, other]) => other - one);
    console.log(`${kind.padEnd(9)} ${String(total).padStart(6)}  ${each.map(([outcome, count]) => `${outcome}: ${count}`).join(", ")}`);
  }
  console.log(`${"all".padEnd(9)} ${String(attacks).padStart(6)}`);
  console.log(
    `resident memory after the warm-up and at the end, MiB: ${residentMiB.map((mib) => mib?.toFixed(0) ?? "unknown").join(", ")}`,
  );
  console.log(`handles at the beginning and at the end: ${handles.map((count) => count ?? "unknown").join(", ")}`);
  if (failure === undefined) return;
  console.log(`FAILED: ${failure}`);
  process.exitCode = 1;
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
