import { chmod } from "node:fs/promises";
import { join } from "node:path";
import type { Metafile } from "esbuild";
import { version } from "../../src/version.js";
import { bundle } from "../build/bundle.js";
import { source } from "../build/paths.js";
import { isWindows, type Platform } from "./platforms.js";
import { bun, compileC, runtime } from "./tools.js";

const NAME = `terraform-provider-pangolin_v${version}`;
const BUNDLE = "main.js";
const native = join(__dirname, "linux");

/** Bundles the provider and its schema into one file, which the executables of every platform contain. */
export async function bundleExecutable(folder: string, schemaFile: string): Promise<Metafile> {
  return bundle({
    entryPoints: [source("executable.ts")],
    outfile: join(folder, BUNDLE),
    minify: true,
    define: { "process.env.NODE_ENV": '"production"' },
    loader: { ".bin": "binary" },
    plugins: [
      {
        name: "schema",
        setup: ({ onResolve }) => onResolve({ filter: /\/schema\.bin$/ }, () => ({ path: schemaFile })),
      },
    ],
  });
}

/** Writes the executables of a platform to a folder. Returns their file names, first the one that Terraform starts. */
export async function makeExecutables(bundleFolder: string, platform: Platform, folder: string): Promise<readonly string[]> {
  const { runtimes, target } = platform;
  if ("only" in runtimes) {
    const name = isWindows(platform) ? `${NAME}.exe` : NAME;
    await compile(bundleFolder, runtimes.only, join(folder, name));
    return [name];
  }
  const names = { launcher: NAME, glibc: "pangolin-glibc", musl: "pangolin-musl", library: "libstdc++.so.6" };
  await compile(bundleFolder, runtimes.glibc, join(folder, names.glibc));
  await compile(bundleFolder, runtimes.musl, join(folder, names.musl));
  const common = ["-target", String(target), "-s", "-Wall", "-Wextra", "-Werror"];
  await compileC([...common, "-Os", "-static", "-o", join(folder, names.launcher), join(native, "launcher.c")]);
  await compileC([
    ...common,
    "-O2",
    "-shared",
    "-fPIC",
    `-Wl,-soname,${names.library}`,
    "-o",
    join(folder, names.library),
    join(native, "libstdcxx.c"),
  ]);
  return Object.values(names);
}

async function compile(bundleFolder: string, runtimeName: string, outfile: string): Promise<void> {
  const options = [
    "--compile",
    "--bytecode",
    `--target=bun-${runtimeName}`,
    `--compile-executable-path=${runtime(runtimeName)}`,
    // The provider runs in the folder of the user's configuration, so Bun must not load files from it.
    "--no-compile-autoload-dotenv",
    "--no-compile-autoload-bunfig",
  ];
  await bun(["build", BUNDLE, ...options, `--outfile=${outfile}`], bundleFolder);
  await chmod(outfile, 0o755);
}
