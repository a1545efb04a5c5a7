import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { RUN_DIRECTORY } from "../test/support/run-directory.js";
import { beginInProcess, beginWithTerraform } from "./explore/begin.js";
import { type ExploreOptions, explore, replay } from "./explore/explore.js";
import type { Step } from "./explore/life/steps/step.js";
import { summaryOf, textOf } from "./explore/report.js";

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
      driver: { type: "string", default: "in-process" },
    },
  });
  const seed = Number(values.seed);
  const begin = BEGIN[values.driver];
  if (!begin) throw new Error(`There is no driver "${values.driver}", only ${Object.keys(BEGIN).join(" and ")}.`);
  if (values.replay !== undefined) return play(begin, seed, JSON.parse(readFileSync(values.replay, "utf8")) as Step[]);
  console.log(`repeat with npm run explore -- --seed ${seed} --lives ${values.lives} --steps ${values.steps}`);
  const started = performance.now();
  const report = await explore({
    seed,
    lives: Number(values.lives),
    steps: Number(values.steps),
    finds: Number(values.finds),
    known: values.known,
    begin,
    onLife: (number, found) => {
      if (process.env.TRACE) console.log(number, found?.law, Math.round(performance.now() - started));
      if (found) console.log(`\n${textOf(found)}\n`);
      else if ((number + 1) % 20 === 0) console.log(`${number + 1} lives`);
    },
  });
  console.log(summaryOf(report).join("\n"));
  console.log(`${Math.round((report.steps / (performance.now() - started)) * 60_000)} steps a minute`);
  if (report.finds.length > 0) process.exitCode = 1;
}

const BEGIN: Readonly<Record<string, ExploreOptions["begin"]>> = { "in-process": beginInProcess, terraform: beginWithTerraform };

async function play(begin: ExploreOptions["begin"], seed: number, script: readonly Step[]): Promise<void> {
  await replay(begin, seed, script, (step) => console.log(JSON.stringify(step)));
  console.log("No law is broken.");
}

/** What the real Terraform is given lies in a folder of this run. */
async function inRunDirectory(work: () => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "explore-"));
  process.env[RUN_DIRECTORY] = folder;
  try {
    await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

inRunDirectory(main).catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
