import { terraformPlatform } from "../../src/commands/provider-install/platform.js";

/** The platform of an archive: its Terraform name, and the Bun runtimes of its executables. */
export interface Platform {
  readonly name: string;
  /** Bun's npm packages, `@oven/bun-…`, by C library. Platforms other than Linux have one. */
  readonly runtimes: { readonly only: string } | { readonly glibc: string; readonly musl: string };
  /** Target of the C compiler. Only Linux has parts in C. */
  readonly target?: string;
}

export const PLATFORMS: readonly Platform[] = [
  { name: "linux_amd64", runtimes: { glibc: "linux-x64", musl: "linux-x64-musl" }, target: "x86_64-linux-musl" },
  { name: "linux_arm64", runtimes: { glibc: "linux-aarch64", musl: "linux-aarch64-musl" }, target: "aarch64-linux-musl" },
  { name: "darwin_amd64", runtimes: { only: "darwin-x64" } },
  { name: "darwin_arm64", runtimes: { only: "darwin-aarch64" } },
  { name: "windows_amd64", runtimes: { only: "windows-x64" } },
  { name: "windows_arm64", runtimes: { only: "windows-aarch64" } },
];

export const isWindows = ({ name }: Platform): boolean => name.startsWith("windows");

/** The platform of this machine. */
export function ownPlatform(): Platform {
  const own = terraformPlatform();
  const platform = PLATFORMS.find(({ name }) => name === own);
  if (!platform) throw new Error(`No archive is made for ${own}.`);
  return platform;
}
