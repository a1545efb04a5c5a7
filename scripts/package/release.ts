import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { version } from "../../src/version.js";
import { bundledPackages, noticesOf } from "../build/notices.js";
import { root } from "../build/paths.js";
import { buildProvider } from "../build/provider.js";
import { writeArchive } from "./archive.js";
import { billOfMaterials } from "./bill-of-materials.js";
import { bundleExecutable, makeExecutables } from "./executables.js";
import type { Platform } from "./platforms.js";
import { runtimes } from "./runtimes.js";
import { installTools } from "./tools.js";

const PREFIX = `terraform-provider-pangolin_${version}`;
const MANIFEST = { version: 1, metadata: { protocol_versions: ["6.0"] } };

/** Writes a release in the layout of the Terraform Registry. It is unsigned: whoever publishes it signs SHA256SUMS. */
export async function writeRelease(platforms: readonly Platform[], work: string, release: string): Promise<void> {
  await installTools();
  await buildProvider(work);
  const packages = await bundledPackages([await bundleExecutable(work, join(work, "provider", "schema.bin"))]);
  const { contents, notice } = await runtimes();
  const notices = [await noticesOf(packages), notice].join("\n");
  for (const platform of platforms) {
    const folder = join(work, platform.name);
    await mkdir(folder);
    const executables = await makeExecutables(work, platform, folder);
    await copyFile(join(root, "LICENSE"), join(folder, "LICENSE"));
    await writeFile(join(folder, "THIRD-PARTY-NOTICES.txt"), notices);
    const names = [...executables, "LICENSE", "THIRD-PARTY-NOTICES.txt"];
    await writeArchive(
      join(release, `${PREFIX}_${platform.name}.zip`),
      names.map((name) => join(folder, name)),
    );
    console.error(`packed ${platform.name}`);
  }
  await writeFile(join(release, `${PREFIX}_sbom.cdx.json`), billOfMaterials(packages, contents));
  await writeFile(join(release, `${PREFIX}_manifest.json`), `${JSON.stringify(MANIFEST, null, 2)}\n`);
  await writeFile(join(release, `${PREFIX}_SHA256SUMS`), await checksums(release));
}

async function checksums(folder: string): Promise<string> {
  const names = (await readdir(folder)).sort();
  const lines = names.map(
    async (name) =>
      `${createHash("sha256")
        .update(await readFile(join(folder, name)))
        .digest("hex")}  ${name}\n`,
  );
  return (await Promise.all(lines)).join("");
}
