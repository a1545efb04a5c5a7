import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { beginInProcess } from "./explore/begin.js";
import { type ExploreReport, explore, type ReportedFind, replay } from "./explore/explore.js";
import type { Step } from "./explore/life/steps/step.js";

/** Plays random lives of keys, grants, organizations and the provider's key, and tells which laws they break. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
      lives: { type: "string", default: "100" },
      steps: { type: "string", default: "30" },
      finds: { type: "string", default: "5" },
      known: { type: "string", multiple: true, default: [] },
      replay: { type: "string" },
    },
  });
  const seed = Number(values.seed);
  if (values.replay !== undefined) return play(seed, JSON.parse(readFileSync(values.replay, "utf8")) as Step[]);
  console.log(`repeat with npm run explore -- --seed ${seed} --lives ${values.lives} --steps ${values.steps}`);
  const started = performance.now();
  const report = await explore({
    seed,
    lives: Number(values.lives),
    steps: Number(values.steps),
    finds: Number(values.finds),
    known: values.known,
    begin: beginInProcess,
    onLife: (number, found) => {
      if (found) print(found);
      else if ((number + 1) % 20 === 0) console.log(`${number + 1} lives`);
    },
  });
  summarise(report, performance.now() - started);
}

async function play(seed: number, script: readonly Step[]): Promise<void> {
  await replay(beginInProcess, seed, script, (step) => console.log(JSON.stringify(step)));
  console.log("No law is broken.");
}

function print({ seed, law, message, script }: ReportedFind): void {
  console.log(`\nFOUND: ${law}\n  ${message}\n  seed ${seed}; save the steps to a file and play them with npm run explore -- --seed ${seed} --replay FILE`);
  console.log(`[\n${script.map((step) => `  ${JSON.stringify(step)}`).join(",\n")}\n]\n`);
  process.exitCode = 1;
}

function summarise({ lives, steps, applies, faults, requests, finds, coverage }: ExploreReport, milliseconds: number): void {
  const perMinute = Math.round((steps / milliseconds) * 60_000);
  console.log(coverage.lines().join("\n"));
  console.log(
    `${lives} lives, ${steps} steps (${perMinute} a minute), ${applies} applies, ${requests} requests, ${faults} faults, ${finds.length} finds`,
  );
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
