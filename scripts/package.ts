import { mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { root } from "./build/paths.js";
import { PLATFORMS } from "./package/platforms.js";
import { writeRelease } from "./package/release.js";

/**
 * Writes a release for a Terraform registry to `OUT` (default: `release/`): the provider as archives of
 * executables that need no Node.js. `--platform linux_amd64`, which may be repeated, limits it to these platforms.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { out: { type: "string", default: join(root, "release") }, platform: { type: "string", multiple: true } },
  });
  const names = values.platform ?? PLATFORMS.map(({ name }) => name);
  const platforms = names.map((name) => {
    const platform = PLATFORMS.find((candidate) => candidate.name === name);
    if (!platform) throw new Error(`There is no platform "${name}": choose from ${PLATFORMS.map((each) => each.name).join(", ")}.`);
    return platform;
  });
  await mkdir(join(root, ".package"), { recursive: true });
  const work = await mkdtemp(join(root, ".package", "work-"));
  try {
    const fresh = join(work, "release");
    await mkdir(fresh);
    await writeRelease(platforms, work, fresh);
    await rm(values.out, { recursive: true, force: true });
    await rename(fresh, values.out);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
