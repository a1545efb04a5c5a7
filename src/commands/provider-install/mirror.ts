import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Failure } from "../failure.js";
import { ADDRESSES, TYPE } from "./address.js";
import { platformOf } from "./platform.js";

export interface MirrorInstallation {
  /** The folder of the built provider package. */
  readonly from: string;
  /** The filesystem mirror: `HOST/NAMESPACE/TYPE/VERSION/PLATFORM` folders. */
  readonly mirror: string;
  readonly version: string;
  /** Terraform's names, e.g. `linux_amd64`. A package of scripts is the same for all. */
  readonly platforms: readonly string[];
}

/** `replaced`: another package of the same version was there, so lock files hold a checksum that no longer fits. */
export type MirrorChange = "installed" | "unchanged" | "replaced";

/** Puts the provider into a filesystem mirror. A reader never sees half a package. */
export async function installIntoMirror({ from, mirror, version, platforms }: MirrorInstallation): Promise<MirrorChange> {
  const executable = `terraform-provider-${TYPE}_v${version}`;
  const wanted = await contentsOf(from);
  if (!wanted?.has(executable)) {
    throw new Failure(`There is no built provider of version ${version} in ${from}.`, "Run: npm run build");
  }
  const ownPlatform = platformOf();
  const foreign = platforms.filter((platform) => platform !== ownPlatform);
  if (foreign.length > 0 && !isScript(wanted.get(executable)))
    throw new Failure(
      `The package in ${from} is made for ${ownPlatform ?? "another platform"}, so it cannot work on ${foreign.join(", ")}.`,
      "Install the archive that is made for that platform.",
    );
  const changes: MirrorChange[] = [];
  for (const address of ADDRESSES) {
    for (const platform of platforms) {
      const target = join(mirror, ...address.split("/"), version, platform);
      const present = await contentsOf(target);
      if (present && sameContents(present, wanted)) changes.push("unchanged");
      else {
        await replaceFolder(from, target, executable, mirror);
        changes.push(present ? "replaced" : "installed");
      }
    }
  }
  return changes.find((change) => change === "replaced") ?? changes.find((change) => change === "installed") ?? "unchanged";
}

/** Prepared beside the mirror's tree, on the same file system, then renamed into place. */
async function replaceFolder(from: string, target: string, executable: string, mirror: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const staging = await mkdtemp(join(mirror, ".staging-"));
  try {
    const fresh = join(staging, "fresh");
    await cp(from, fresh, { recursive: true });
    await chmod(join(fresh, executable), 0o755);
    await rename(target, join(staging, "former")).catch(ignoreMissing);
    await rename(fresh, target);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

/** The files of a flat folder, or undefined where there is none. */
async function contentsOf(folder: string): Promise<ReadonlyMap<string, Buffer> | undefined> {
  const names = await readdir(folder).catch(ignoreMissing);
  if (!names) return undefined;
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(folder, name))] as const)));
}

const isScript = (executable: Buffer | undefined): boolean => executable?.subarray(0, 2).toString() === "#!";

function sameContents(one: ReadonlyMap<string, Buffer>, other: ReadonlyMap<string, Buffer>): boolean {
  return one.size === other.size && [...one].every(([name, bytes]) => other.get(name)?.equals(bytes) === true);
}

function ignoreMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== "ENOENT") throw error;
}
