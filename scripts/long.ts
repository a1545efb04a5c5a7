import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { version } from "../src/version.js";
import { engineEnvironment, engines } from "./long/engines.js";
import { ownPlatform } from "./package/platforms.js";

/**
 * Tests that take too long for every change: the long tests, and the acceptance tests with the packed provider and with each
 * available engine.
 * Arguments name engines (see `long/engines.ts`). Without arguments: the long tests, then all engines.
 */
const named = process.argv.slice(2);
const results: string[] = [];

const LONG = ["--testPathIgnorePatterns=/node_modules/", "--testTimeout=3600000"];

function run(title: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): void {
  console.log(`\n== ${title}`);
  const { status } = spawnSync("npx", args, { stdio: "inherit", env });
  results.push(`${title}: ${status === 0 ? "passed" : "FAILED"}`);
  if (status !== 0) process.exitCode = 1;
}

const jest = (title: string, args: readonly string[], env?: NodeJS.ProcessEnv) => run(title, ["jest", ...args], env);

/** The acceptance tests with the archive of this platform, and without `node` on Terraform's PATH. */
function packed(): void {
  const release = join(__dirname, "..", "release");
  const own = ownPlatform().name;
  run("packing", ["tsx", "scripts/package.ts", "--platform", own, "--out", release]);
  const archive = join(release, `terraform-provider-pangolin_${version}_${own}.zip`);
  const env = { ...process.env, PANGOLIN_IAC_TEST_ARCHIVE: archive };
  jest("acceptance with the packed provider", ["test/acceptance", "test/long/archive", ...LONG], env);
}

if (named.length === 0) {
  jest("long tests", ["test/long", ...LONG, "--testPathIgnorePatterns=/test/long/archive"]);
  packed();
}
for (const engine of named.length > 0 ? named : engines())
  jest(`acceptance and bridge with ${engine}`, ["test/acceptance", "test/bridge/corner"], { ...process.env, ...engineEnvironment(engine) });
console.log(`\n${results.join("\n")}`);
