import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { requireTerraform } from "../../src/commands/terraform.js";
import { residentKib, timesToHandshake } from "./launch.js";
import { ratio, report } from "./measure.js";
import { buildScale } from "./scale/build.js";

const RESOURCES = 400;
const ATTRIBUTES = 20;
const KIB = 1024;
const required = 'terraform {\n  required_providers {\n    scale = { source = "bench/scale" }\n  }\n}\n';
const things = (count: number) =>
  `${required}resource "scale_thing_0" "it" {\n  count = ${count}\n${[0, 5, 10, 15].map((index) => `  attribute_${index} = "text \${count.index}"\n`).join("")}}\n`;

/** The cost of a provider with many resource types, and of many instances of one. */
export async function benchScale(out: string, instances: readonly number[]): Promise<void> {
  const few = await buildScale(out, { resources: 1, attributes: ATTRIBUTES });
  const many = await buildScale(out, { resources: RESOURCES, attributes: ATTRIBUTES });
  const times = await timesToHandshake({ few, many });
  report(`${RESOURCES} resources with ${ATTRIBUTES} attributes each`, [
    ["start to handshake, of a provider with one resource", ratio(times.many ?? 0, times.few ?? 0), "1.00"],
    [
      "answer with the schema, made at build time",
      `${(statSync(join(dirname(many), "schema.bin")).size / KIB).toFixed(0)} KiB`,
      "1024 KiB",
    ],
  ]);
  await benchInstances(few, instances);
}

/** One process plans a growing number of instances. Its memory afterwards must not grow with them. */
async function benchInstances(entry: string, counts: readonly number[]): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const child = spawn(process.execPath, [entry, "--debug"], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const { binary } = await requireTerraform(process.env);
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      CHECKPOINT_DISABLE: "1",
      TF_REATTACH_PROVIDERS: /^TF_REATTACH_PROVIDERS='(.*)'$/m.exec(line.toString())?.[1],
    };
    const rows: [string, string][] = [];
    for (const count of counts) {
      const cwd = join(folder, `of-${count}-${rows.length}`);
      mkdirSync(cwd);
      writeFileSync(join(cwd, "main.tf"), things(count));
      const start = performance.now();
      await promisify(execFile)(binary, ["plan", "-input=false", "-no-color"], { cwd, env, maxBuffer: 2 ** 30 });
      const seconds = (performance.now() - start) / 1000;
      rows.push([
        `resident memory after a plan of ${count} instances, which took ${seconds.toFixed(0)} s`,
        `${(residentKib(child.pid) / KIB).toFixed(0)} MiB`,
      ]);
    }
    report("many instances planned by one process", rows);
  } finally {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}
