import { execFile, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { terraformPlatform } from "../../src/commands/provider-install/platform.js";
import { version } from "../../src/version.js";
import { builtImage, gitops, Repository } from "../examples/gitops/checkout.js";
import { useStateBucket } from "../examples/gitops/state-bucket.js";
import { programPath } from "../support/program-path.js";
import { testedArchive } from "../support/provider-mirror.js";
import { temporaryDirectory } from "../support/run-directory.js";
import { workspace } from "../support/terraform.js";

const COOKIE = { TF_PLUGIN_MAGIC_COOKIE: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2" };
const EXECUTABLE = `terraform-provider-pangolin_v${version}`;
/** Debian's package `musl` puts it there, and so does Alpine. */
const MUSL_LOADER = "/lib/ld-musl-x86_64.so.1";

const bucket = useStateBucket();

const archive = (): string => {
  if (testedArchive === undefined) throw new Error("Pack a release first, and name it: `npm run test:long` does both.");
  return testedArchive;
};

/** The package as Terraform unpacked it. */
async function unpacked(): Promise<string> {
  const { directory } = await workspace("");
  return join(directory, ".terraform", "providers", "registry.terraform.io", "pangolin-iac", "pangolin", version, terraformPlatform());
}

/** A root folder with the package in `/p` and nothing but these libraries. */
async function rootWith(libraries: readonly string[]): Promise<string> {
  const root = await temporaryDirectory("root");
  const from = await unpacked();
  for (const folder of ["p", "proc", "tmp"]) await mkdir(join(root, folder));
  for (const name of await readdir(from)) await copyFile(join(from, name), join(root, "p", name));
  for (const library of libraries) {
    await mkdir(join(root, dirname(library)), { recursive: true });
    await copyFile(library, join(root, library));
  }
  return root;
}

/** The first line that the provider prints, started as a host does inside that root. */
async function handshakeIn(root: string): Promise<string> {
  const inside = ["--user", "--map-root-user", "--pid", "--fork", "--kill-child", "--mount-proc", `--root=${root}`, `/p/${EXECUTABLE}`];
  const child = spawn("unshare", inside, { env: { PATH: process.env.PATH, ...COOKIE }, stdio: ["ignore", "pipe", "pipe"] });
  let failure = "";
  child.stderr.on("data", (chunk: Buffer) => {
    failure += chunk.toString();
  });
  try {
    for await (const line of createInterface(child.stdout)) return line;
    return `no handshake: ${failure}`;
  } finally {
    child.kill("SIGKILL");
  }
}

test("starts on a Linux with nothing but glibc", async () => {
  const { stdout } = await promisify(execFile)("ldd", [join(await unpacked(), "pangolin-glibc")]);
  const libraries = [...stdout.matchAll(/(?:=> |^\s+)(\/\S+) \(/gm)].map(([, path]) => String(path));
  expect(libraries.map((path) => basename(path)).sort()).toEqual([
    "ld-linux-x86-64.so.2",
    "libc.so.6",
    "libdl.so.2",
    "libm.so.6",
    "libpthread.so.0",
  ]);
  expect(await handshakeIn(await rootWith(libraries))).toMatch(/^1\|6\|unix\|\/tmp\/plugin-/);
});

test("starts on a Linux with nothing but musl, and no libstdc++", async () => {
  const root = await rootWith([MUSL_LOADER]);
  await copyFile(MUSL_LOADER, join(root, "lib", "libc.musl-x86_64.so.1"));
  expect(await handshakeIn(root)).toMatch(/^1\|6\|unix\|\/tmp\/plugin-/);
});

test("says what is missing where there is neither", async () => {
  expect(await handshakeIn(await rootWith([]))).toContain("neither its executable for glibc nor the one for musl");
});

test("the release names its files, its protocol and what is in it", async () => {
  const folder = dirname(archive());
  const file = (suffix: string) => readFile(join(folder, `terraform-provider-pangolin_${version}_${suffix}`), "utf8");
  const sums = new Map(
    (await file("SHA256SUMS"))
      .trim()
      .split("\n")
      .map((line) => line.split("  ").reverse() as [string, string]),
  );
  const names = (await readdir(folder)).filter((name) => !name.endsWith("SHA256SUMS"));
  expect([...sums.keys()].sort()).toEqual(names.sort());
  for (const [name, sum] of sums)
    expect(
      createHash("sha256")
        .update(await readFile(join(folder, name)))
        .digest("hex"),
    ).toBe(sum);
  expect(JSON.parse(await file("manifest.json"))).toEqual({ version: 1, metadata: { protocol_versions: ["6.0"] } });
  const { components } = JSON.parse(await file("sbom.cdx.json")) as { components: readonly { name: string; version: string }[] };
  const notices = await readFile(join(await unpacked(), "THIRD-PARTY-NOTICES.txt"), "utf8");
  expect(components.map(({ name }) => name)).toEqual(expect.arrayContaining(["bun", "musl", "undici", "zod"]));
  for (const { name, version: of } of components) expect(notices.toLowerCase()).toContain(`${name} ${of}`.toLowerCase());
});

test("the image of Atlantis has the command, and its Terraform finds the provider", async () => {
  const dockerfile = join(gitops, "atlantis", "Dockerfile");
  const { root, config } = await builtImage(dockerfile, archive());
  await mkdir(join(root, "opt"));
  await mkdir(join(root, "usr", "local", "bin"), { recursive: true });
  const [, lines = ""] = /^RUN ([\s\S]+?[^\\])\n(?=[A-Z])/m.exec(await readFile(dockerfile, "utf8")) ?? [];
  const checkout = await (await Repository.make({ TF_CLI_CONFIG_FILE: config }, bucket)).checkout();
  await checkout.shell(lines.replaceAll(/(?<= )\/(?=usr|opt)/g, `${root}/`));
  const PATH = `${join(root, "usr", "local", "bin")}:${await programPath()}`;
  expect(await checkout.shell("! command -v node; pangolin-iac --version", { PATH })).toContain(version);
  expect(await checkout.shell("terraform init -input=false -backend-config=backend.hcl", { PATH })).toContain("pangolin-iac/pangolin");
});
