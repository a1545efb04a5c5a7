import { execFile } from "node:child_process";
import { cp, mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { writeArchive } from "../../../scripts/package/archive.js";
import { terraformPlatform } from "../../../src/commands/provider-install/platform.js";
import { version } from "../../../src/version.js";
import { providerPackage } from "../../support/provider-mirror.js";
import { temporaryDirectory } from "../../support/run-directory.js";
import { pathWithTerraform } from "../../support/terraform-path.js";
import type { StateBucket } from "./state-bucket.js";

const root = resolve(__dirname, "..", "..", "..");
export const gitops = join(root, "examples", "gitops");

/** The repository of a pipeline: the example's configuration, with the endpoint of the state's bucket set to the test's own. */
export class Repository {
  private constructor(
    private readonly files: Map<string, string>,
    private readonly path: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  static async make(env: Readonly<Record<string, string>>, bucket: StateBucket): Promise<Repository> {
    const files = new Map<string, string>();
    for (const name of ["main.tf", "backend.hcl"]) files.set(name, withEndpoint(await readFile(join(gitops, name), "utf8"), bucket));
    return new Repository(files, await pathWithTerraform(), { ...env, ...bucket.env });
  }

  /** Commits a change that is not a rotation. */
  rename(name: string): void {
    this.files.set("main.tf", (this.files.get("main.tf") ?? "").replace(/name( +)= "\w+"/, `name$1= "${name}"`));
  }

  /** A new folder with the files of the repository, as each job begins with. */
  async checkout(): Promise<Checkout> {
    const folder = await temporaryDirectory("checkout");
    for (const [name, text] of this.files) await writeFile(join(folder, name), text);
    // In place of `npm ci`.
    await symlink(join(root, "node_modules"), join(folder, "node_modules"));
    await writeFile(join(folder, "package.json"), "{}");
    return new Checkout(folder, this.path, this.env);
  }
}

export class Checkout {
  constructor(
    readonly folder: string,
    /** PATH of the pipeline's image. */
    readonly path: string,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  /** Runs shell lines as CI runners do: they end at the first command that fails. Returns stdout and stderr; rejects with the exit code as `code`. */
  async shell(lines: string, env: Readonly<Record<string, string>> = {}): Promise<string> {
    const { stdout, stderr } = await promisify(execFile)("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", lines], {
      cwd: this.folder,
      env: { PATH: this.path, HOME: this.folder, TF_CLI_ARGS: "-no-color", ...this.env, ...env },
    });
    return stdout + stderr;
  }
}

/** Replaces the S3 endpoint of the examples by the test's bucket. */
export function withEndpoint(text: string, { endpoint }: StateBucket): string {
  return text.replaceAll("https://s3.example.com", endpoint);
}

/** Follows the COPY lines of a Dockerfile with the archive of a release. Returns the root folder of the image and a CLI configuration for its implied local mirror. */
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

/** The provider built from the sources, in the archive format of a release. It needs Node.js, which the executable of a release does not. */
export async function scriptArchive(): Promise<string> {
  const path = join(await temporaryDirectory("archive"), "provider.zip");
  const folder = await providerPackage();
  await writeArchive(
    path,
    (await readdir(folder)).map((name) => join(folder, name)),
  );
  return path;
}
