import { Failure } from "../failure.js";

const SYSTEMS: Partial<Record<NodeJS.Platform, string>> = { linux: "linux", darwin: "darwin", freebsd: "freebsd", openbsd: "openbsd" };
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = { x64: "amd64", arm64: "arm64", arm: "arm", ia32: "386" };

/** A machine's kind as Terraform names it, e.g. `linux_amd64`. */
export function terraformPlatform(system = process.platform, architecture = process.arch): string {
  if (system === "win32") {
    throw new Failure(
      "The provider cannot be installed on Windows: Terraform starts only .exe files there, and the provider is a Node.js script.",
      "Install an archive for Windows instead (`npm run package` makes it), or use the Windows Subsystem for Linux.",
    );
  }
  const os = SYSTEMS[system];
  const arch = ARCHITECTURES[architecture];
  if (os && arch) return `${os}_${arch}`;
  throw new Failure(
    `Terraform has no name for ${system} on ${architecture} that is known here.`,
    "Name it yourself, e.g. --platform linux_amd64.",
  );
}
