import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { delimiter, dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { writeArchive } from "../../../scripts/package/archive.js";
import { terraformPlatform } from "../../../src/commands/provider-install/platform.js";
import { requireTerraform } from "../../../src/commands/terraform.js";
import { version } from "../../../src/version.js";
import { providerPackage } from "../../support/provider-mirror.js";
import { temporaryDirectory } from "../../support/run-directory.js";

const root = resolve(__dirname, "..", "..", "..");
export const gitops = join(root, "examples", "gitops");

/** A pipeline's checkout of the example's configuration. */
export class Checkout {
  private constructor(
    readonly folder: string,
    /** Leads to what a pipeline's image has. */
    readonly path: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  static async make(env: Readonly<Record<string, string>>): Promise<Checkout> {
    const folder = await temporaryDirectory("checkout");
    await cp(join(gitops, "main.tf"), join(folder, "main.tf"));
    // What `npm ci` would put there.
    await symlink(join(root, "node_modules"), join(folder, "node_modules"));
    await writeFile(join(folder, "package.json"), "{}");
    return new Checkout(folder, await pathWithTerraform(), env);
  }

  /** Changes what a rotation is not. */
  async rename(name: string): Promise<void> {
    const path = join(this.folder, "main.tf");
    await writeFile(path, (await readFile(path, "utf8")).replace(/name( +)= "\w+"/, `name$1= "${name}"`));
  }

  /** Runs lines of shell as runners do: they end at the first command that fails. Gives what was printed; rejects with the exit code. */
  async shell(lines: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
    const { stdout, stderr } = await promisify(execFile)("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", lines], {
      cwd: this.folder,
      env: { PATH: this.path, HOME: this.folder, TF_CLI_ARGS: "-no-color", ...this.env, ...env },
    });
    return stdout + stderr;
  }
}

/** The pipelines call their engine `terraform`, whichever one it is that the tests run with. */
async function pathWithTerraform(): Promise<string> {
  const path = process.env.PATH ?? "";
  const { binary } = await requireTerraform(process.env);
  if (binary === "terraform") return path;
  const folder = await temporaryDirectory("engine");
  await writeFile(join(folder, "terraform"), `#!/bin/sh\nexec '${binary}' "$@"\n`, { mode: 0o755 });
  return `${folder}${delimiter}${path}`;
}

/** A root folder as the COPY lines of a Dockerfile fill it from a folder with a release's archive; gives the CLI configuration that finds it. */
export async function builtImage(dockerfile: string, archive: string): Promise<{ readonly root: string; readonly config: string }> {
  const image = await temporaryDirectory("image");
  const name = `terraform-provider-pangolin_${version}_${terraformPlatform()}.zip`;
  for (const [, pattern = "", to = ""] of (await readFile(dockerfile, "utf8")).matchAll(/^COPY (\S+\.zip) (\S+)$/gm)) {
    expect(name.replace(terraformPlatform(), "linux_amd64")).toMatch(new RegExp(`^${pattern.replace("*", ".*")}$`));
    await mkdir(dirname(join(image, to, name)), { recursive: true });
    await cp(archive, join(image, to, name));
  }
  const config = join(image, "terraform.rc");
  const plugins = join(image, "usr", "share", "terraform", "plugins");
  await writeFile(config, `provider_installation {\n  filesystem_mirror {\n    path = ${JSON.stringify(plugins)}\n  }\n}\n`);
  return { root: image, config };
}

/** The provider of the sources, packed as an archive of a release is, but for the executable. */
export async function scriptArchive(): Promise<string> {
  const path = join(await temporaryDirectory("archive"), "provider.zip");
  const folder = await providerPackage();
  await writeArchive(
    path,
    (await readdir(folder)).map((name) => join(folder, name)),
  );
  return path;
}
