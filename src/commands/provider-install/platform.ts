import { Failure } from "../failure.js";

const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = { linux: "linux", darwin: "darwin", freebsd: "freebsd", openbsd: "openbsd" };
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = {
  x64: "amd64",
  arm64: "arm64",
  arm: "arm",
  ia32: "386",
  ppc64: "ppc64le",
  riscv64: "riscv64",
  s390x: "s390x",
};

/** Where an engine, Node.js and a script as an executable go together. */
export const PLATFORMS: readonly string[] = [
  ...Object.values(ARCHITECTURES).map((architecture) => `linux_${architecture}`),
  "darwin_amd64",
  "darwin_arm64",
  ...["freebsd", "openbsd"].flatMap((system) => ["amd64", "arm64", "arm", "386"].map((architecture) => `${system}_${architecture}`)),
];

const NO_WINDOWS = "Terraform starts only .exe files on Windows, and the provider is a Node.js script.";

/** A machine's kind as Terraform names it, e.g. `linux_amd64`. */
export function terraformPlatform(system = process.platform, architecture = process.arch): string {
  const platform = platformOf(system, architecture);
  if (platform !== undefined) return platform;
  if (system === "win32")
    throw new Failure(
      `The provider cannot be installed on Windows: ${NO_WINDOWS}`,
      "Install an archive for Windows instead (`npm run package` makes it), or use the Windows Subsystem for Linux.",
    );
  throw new Failure(`The provider cannot be installed on ${system} with ${architecture}.`, `It works on ${PLATFORMS.join(", ")}.`);
}

/** undefined: the provider does not work on such a machine. */
export function platformOf(system = process.platform, architecture = process.arch): string | undefined {
  const platform = `${SYSTEMS[system]}_${ARCHITECTURES[architecture]}`;
  return PLATFORMS.includes(platform) ? platform : undefined;
}

/** This machine's platform and those that were asked for. On a machine that cannot run the provider they stand alone. */
export function platformsFor(asked: readonly string[], system = process.platform, architecture = process.arch): readonly string[] {
  const own = asked.length > 0 ? platformOf(system, architecture) : terraformPlatform(system, architecture);
  return [...new Set([...(own === undefined ? [] : [own]), ...asked])];
}

/** Why the provider cannot work on a platform; undefined: it can. */
export function refusalOfPlatform(platform: string): string | undefined {
  if (PLATFORMS.includes(platform)) return undefined;
  if (platform.startsWith("windows_")) return `${NO_WINDOWS} Install an archive for Windows there (\`npm run package\` makes it).`;
  return `It is named as Terraform does: one of ${PLATFORMS.join(", ")}.`;
}
