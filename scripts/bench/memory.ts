import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startSandbox } from "../../src/sandbox/index.js";
import { residentKib } from "./launch.js";
import { report } from "./measure.js";
import { newOrg, terraformIn } from "./plan.js";

const KEY = 'resource "pangolin_api_key" "k" {\n  org_id = "acme"\n  name = "k"\n  permissions = ["getOrg"]\n}\n';
const REQUIRED = 'terraform {\n  required_providers {\n    pangolin = { source = "pangolin-iac/pangolin" }\n  }\n}\n';

/** Idle connections to the server are kept alive for 4 s. */
const CONNECTIONS_CLOSE_MS = 5_000;

/** Many plans in one process: memory and handles after a tenth of them and at the end. */
export async function benchMemory(providerFolder: string, plans: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-"));
  const executable = join(providerFolder, readdirSync(providerFolder).find((name) => name.startsWith("terraform-provider-")) ?? "");
  const sandbox = await startSandbox();
  const child = spawn(process.execPath, [executable, "--debug"], {
    // A provider that is already running has the environment of whoever started it, not Terraform's.
    env: { ...process.env, PANGOLIN_ENDPOINT: sandbox.endpoint, PANGOLIN_API_KEY: sandbox.apiKey },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    await newOrg(sandbox);
    const [line] = (await once(child.stdout, "data")) as [Buffer];
    const reattach = /^TF_REATTACH_PROVIDERS='(.*)'$/m.exec(line.toString())?.[1];
    const terraform = await terraformIn(folder, providerFolder, sandbox, { TF_REATTACH_PROVIDERS: reattach });
    await terraform("attached", REQUIRED + KEY, "apply", "-auto-approve");
    const seen: { readonly kib: number; readonly handles: number }[] = [];
    for (let count = 1; count <= plans; count++) {
      await terraform("attached", undefined, "plan");
      if (count % Math.max(1, Math.floor(plans / 10)) !== 0) continue;
      await sleep(CONNECTIONS_CLOSE_MS);
      seen.push({ kib: residentKib(child.pid), handles: readdirSync(`/proc/${child.pid}/fd`).length });
    }
    const [first, last] = [seen[0], seen.at(-1)];
    report(`${plans} plans of one process`, [
      ["memory at the end, of that after a tenth of them", ((last?.kib ?? 0) / (first?.kib ?? 1)).toFixed(2), "1.00, or a little more"],
      ["memory after each tenth, MiB", seen.map(({ kib }) => (kib / 1024).toFixed(0)).join(" ")],
      ["handles after each tenth", seen.map(({ handles }) => handles).join(" ")],
    ]);
  } finally {
    child.kill("SIGKILL");
    await sandbox.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
