import { execFile } from "node:child_process";
import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { FAILING_LINE } from "../../../src/commands/provider-install/environment.js";
import { platformsFor, terraformPlatform } from "../../../src/commands/provider-install/platform.js";
import { requireTerraform } from "../../../src/commands/terraform.js";
import { version } from "../../../src/version.js";
import { temporaryDirectory } from "../../support/run-directory.js";
import { command } from "../command.js";

const HOSTS = ["registry.terraform.io", "registry.opentofu.org"];
const EXECUTABLE = `terraform-provider-pangolin_v${version}`;
const packageIn = (directory: string, host: string, platform = terraformPlatform()) =>
  join(directory, "mirror", host, "pangolin-iac", "pangolin", version, platform);

/** A home, a project in it, and something that looks like a built provider. */
async function machine(home: Readonly<Record<string, string>> = {}) {
  const root = await temporaryDirectory("install");
  const providerPackage = join(root, "package");
  const directory = join(root, "project");
  const world = { directory, home: join(root, "home"), providerPackage };
  for (const folder of [providerPackage, directory, join(world.home, ".terraform.d")]) await mkdir(folder, { recursive: true });
  await writeFile(join(providerPackage, EXECUTABLE), "#!/usr/bin/env node\n");
  await writeFile(join(providerPackage, "provider.js"), "first");
  for (const [name, text] of Object.entries(home)) await writeFile(join(world.home, name), text);
  const target = join(directory, ".pangolin-iac");
  const install = (args: readonly string[] = [], env: NodeJS.ProcessEnv = {}) =>
    command(["provider", "install", ...args], { ...world, env });
  return { ...world, target, config: join(target, "terraform.rc"), install };
}

describe("provider install", () => {
  test("puts the package under both registries, executable, and leads to it", async () => {
    const { target, config, install, directory } = await machine();
    const result = await install();
    expect(result).toMatchObject({ exitCode: 0, stdout: "" });
    for (const host of HOSTS) {
      expect((await readdir(packageIn(target, host))).sort()).toEqual(["provider.js", EXECUTABLE]);
      expect((await stat(join(packageIn(target, host), EXECUTABLE))).mode & 0o777).toBe(0o755);
    }
    expect(await readFile(config, "utf8")).toContain(`path    = ${JSON.stringify(join(target, "mirror"))}`);
    expect((await stat(config)).mode & 0o777).toBe(0o600);
    expect(await readdir(directory)).toEqual([".pangolin-iac"]);
    expect((await readdir(target)).sort()).toEqual([".gitignore", "mirror", "terraform.rc"]);
    expect(await readdir(join(target, "mirror"))).toEqual([...HOSTS].sort());
  });

  test("done twice changes nothing and says so, also when the environment leads to our own file", async () => {
    const { config, target, install } = await machine({ ".terraformrc": 'plugin_cache_dir = "/cache"\n' });
    await install();
    const first = await readFile(config, "utf8");
    const before = await stat(join(packageIn(target, "registry.terraform.io"), EXECUTABLE));
    const second = await install([], { TF_CLI_CONFIG_FILE: config });
    expect(second).toMatchObject({ exitCode: 0, stderr: expect.stringContaining("is in") });
    expect(await readFile(config, "utf8")).toBe(first);
    expect((await stat(join(packageIn(target, "registry.terraform.io"), EXECUTABLE))).ino).toBe(before.ino);
  });

  test("follows a file of ours to what it was made from", async () => {
    const { config, install, home } = await machine({ "my.tfrc": 'plugin_cache_dir = "/before"\n' });
    await install([], { TF_CLI_CONFIG_FILE: join(home, "my.tfrc") });
    await writeFile(join(home, "my.tfrc"), 'plugin_cache_dir = "/after"\n');
    await install([], { TF_CLI_CONFIG_FILE: config });
    const text = await readFile(config, "utf8");
    expect(text).toContain('plugin_cache_dir = "/after"');
    expect(text).not.toContain("/before");
  });

  test("replaces another build of the same version and says what that does to lock files", async () => {
    const { target, install, providerPackage } = await machine();
    await install();
    await writeFile(join(providerPackage, "provider.js"), "second");
    const result = await install();
    expect(result).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(".terraform.lock.hcl") });
    for (const host of HOSTS) expect(await readFile(join(packageIn(target, host), "provider.js"), "utf8")).toBe("second");
  });

  test("serves other platforms on request", async () => {
    const { target, install } = await machine();
    expect(await install(["--platform", "darwin_arm64", "--platform", "linux_arm64"])).toMatchObject({ exitCode: 0 });
    for (const platform of ["darwin_arm64", "linux_arm64", terraformPlatform()])
      expect(await readdir(packageIn(target, "registry.terraform.io", platform))).toHaveLength(2);
  });

  test.each(["../../x", "windows_amd64", "linux_x64", "macos_arm64", "darwin_386", "Linux_amd64", "linux", ""])(
    "a platform on which it cannot work is refused: %j",
    async (platform) => {
      const { directory, install } = await machine();
      const refused = await install(["--platform", platform, "--print-env"]);
      expect(refused).toMatchObject({
        exitCode: 2,
        stdout: FAILING_LINE,
        stderr: expect.stringContaining(platform.startsWith("windows") ? "Windows" : "one of linux_amd64, "),
      });
      expect(await readdir(directory)).toEqual([]);
    },
  );

  test("serves no other platform from a package that is no script", async () => {
    const { install, providerPackage } = await machine();
    await writeFile(join(providerPackage, EXECUTABLE), Buffer.from([0x7f, 0x45, 0x4c, 0x46]));
    expect(await install(["--platform", "openbsd_386"])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`is made for ${terraformPlatform()}, so it cannot work on openbsd_386`),
    });
    expect(await install(["--platform", terraformPlatform()])).toMatchObject({ exitCode: 0 });
  });

  test("a machine of another kind is left out where others are named, and told where none is", () => {
    expect(platformsFor(["linux_amd64"], "win32", "x64")).toEqual(["linux_amd64"]);
    expect(platformsFor(["linux_amd64"], "linux", "x64")).toEqual(["linux_amd64"]);
    expect(platformsFor(["linux_arm64"], "darwin", "arm64")).toEqual(["darwin_arm64", "linux_arm64"]);
    expect(() => platformsFor([], "win32", "x64")).toThrow(/Windows/);
    expect(() => platformsFor([], "sunos", "x64")).toThrow(/sunos/);
  });

  test("carries over the other blocks of the user's configuration verbatim", async () => {
    const own = '# mine\ncredentials "app.example.com" {\n  token = "secret\\"}"\n}\n\nplugin_cache_dir   =  "/cache"';
    const { config, install, home } = await machine({
      ".terraformrc": `${own}\n`,
      ".terraform.d/more.tfrc": "disable_checkpoint = true\n",
      ".terraform.d/credentials.tfrc.json": '{"credentials":{"app.terraform.io":{"token":"from login"}}}',
    });
    expect(await install()).toMatchObject({ exitCode: 0 });
    const text = await readFile(config, "utf8");
    expect(text).toContain(own);
    expect(text).toContain("disable_checkpoint = true");
    expect(text).toContain('credentials "app.terraform.io" {\n  token = "from login"\n}');
    expect(await readFile(join(home, ".terraformrc"), "utf8")).toBe(`${own}\n`);
  });

  test("keeps the plugin folder that Terraform would search without us", async () => {
    const { config, install, home } = await machine();
    await mkdir(join(home, ".terraform.d", "plugins"));
    await install();
    expect(await readFile(config, "utf8")).toContain(JSON.stringify(join(home, ".terraform.d", "plugins")));
  });

  test("says what to paste where the user has a provider_installation, and leaves it out with --force", async () => {
    const own = 'plugin_cache_dir = "/cache"\nprovider_installation {\n  direct {}\n}\n';
    const { config, target, install } = await machine({ ".terraformrc": own });
    const refused = await install(["--print-env"]);
    expect(refused).toMatchObject({ exitCode: 1, stdout: FAILING_LINE, stderr: expect.stringContaining("filesystem_mirror {") });
    expect(await readdir(target)).not.toContain("terraform.rc");
    expect(await readdir(packageIn(target, "registry.terraform.io"))).toHaveLength(2);
    expect(await install(["--force"])).toMatchObject({ exitCode: 0 });
    const text = await readFile(config, "utf8");
    expect(text).toContain('plugin_cache_dir = "/cache"');
    expect(text.match(/provider_installation/g)).toHaveLength(1);
  });

  test.each(["provider_installation {", '{"plugin_cache_dir":"/x"}', "{nonsense"])(
    "refuses what it does not surely understand: %j",
    async (own) => {
      const { install } = await machine({ ".terraformrc": own });
      expect(await install()).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(".terraformrc cannot be carried over") });
    },
  );

  test("never overwrites a terraform.rc that is not its own", async () => {
    const { config, target, install } = await machine();
    await mkdir(target);
    await writeFile(config, 'plugin_cache_dir = "/cache"\n');
    expect(await install(["--force"])).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("left alone") });
    expect(await readFile(config, "utf8")).toBe('plugin_cache_dir = "/cache"\n');
  });

  test("takes a missing TF_CLI_CONFIG_FILE as Terraform does: as nothing", async () => {
    const { install, home } = await machine();
    expect(await install([], { TF_CLI_CONFIG_FILE: join(home, "missing") })).toMatchObject({ exitCode: 0 });
  });

  test("says where it could not write", async () => {
    const { directory, install } = await machine();
    await writeFile(join(directory, "file"), "");
    expect(await install(["--dir", "file/below"])).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/could not be installed into .*file\/below: ENOTDIR.*\n.*--dir/),
    });
  });

  test("says what to do before there is a build", async () => {
    const { directory, home } = await machine();
    const result = await command(["provider", "install"], { directory, home });
    expect(result).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("npm run build") });
  });

  test("prints lines for eval that survive any directory name, and nothing else", async () => {
    const { install, directory } = await machine();
    const target = join(directory, 'it\'s "a" $(touch broken) \\ `dir`\nname');
    const result = await install(["--dir", target, "--print-env"]);
    expect(result.exitCode).toBe(0);
    const script =
      'eval "$1"; printf "%s\\0" "$TF_CLI_CONFIG_FILE" "$CDKTF_SKIP_PROVIDER_LOCK" "$CDKTF_DISABLE_PLUGIN_CACHE_ENV" "$CDKTF_HOME" "$CHECKPOINT_DISABLE"';
    const { stdout } = await promisify(execFile)("bash", ["-euc", script, "bash", result.stdout], { cwd: directory });
    const [config, skipLock, noCache, cdktfHome, checkpoint] = stdout.split("\0");
    expect(config).toBe(join(target, "terraform.rc"));
    expect([skipLock, noCache, cdktfHome, checkpoint]).toEqual(["true", "1", join(target, "cdktf"), "1"]);
    expect(await readdir(directory)).not.toContain("broken");
  });

  test("names the engine for cdktf, which looks for nothing but terraform", async () => {
    const { install, directory } = await machine();
    const bin = join(directory, "bin");
    await mkdir(bin);
    const printed = async () => (await install(["--print-env"], { PATH: bin })).stdout;
    const named = "export TERRAFORM_BINARY_NAME='tofu'";
    expect(await printed()).not.toContain("TERRAFORM_BINARY_NAME");
    await writeFile(join(bin, "tofu"), "#!/bin/sh\necho OpenTofu v1.9.4\n", { mode: 0o755 });
    expect((await printed()).split("\n")).toContain(named);
    await writeFile(join(bin, "terraform"), "#!/bin/sh\necho Terraform v1.11.4\n", { mode: 0o755 });
    expect(await printed()).not.toContain("TERRAFORM_BINARY_NAME");
  });

  test("makes a configuration with which Terraform installs the provider without a network, and its checksum fits every platform", async () => {
    const { install, directory } = await machine({ ".terraformrc": "disable_checkpoint = true\n" });
    const target = join(directory, 'a "quoted" dir\'s');
    const { stdout } = await install(["--dir", target, "--platform", "darwin_arm64", "--print-env"]);
    const { binary } = await requireTerraform(process.env);
    const configuration = 'terraform {\n  required_providers {\n    pangolin = {\n      source = "pangolin-iac/pangolin"\n    }\n  }\n}\n';
    await writeFile(join(directory, "main.tf"), configuration);
    const shell = async (script: string) =>
      (
        await promisify(execFile)("bash", ["-euc", `eval "$1"; ${script}`, "bash", stdout, binary], {
          cwd: directory,
          env: { PATH: process.env.PATH, HOME: join(directory, "home") },
        })
      ).stdout;
    expect(await shell('"$2" init -input=false -no-color')).toContain(`Installed pangolin-iac/pangolin v${version}`);
    const lockFile = await readFile(join(directory, ".terraform.lock.hcl"), "utf8");
    expect(lockFile.match(/h1:/g)).toHaveLength(1);
    await shell(
      `"$2" providers lock -no-color -fs-mirror="${join(target, "mirror").replaceAll('"', '\\"')}" -platform=darwin_arm64 -platform=${terraformPlatform()}`,
    );
    expect(await readFile(join(directory, ".terraform.lock.hcl"), "utf8")).toBe(lockFile);
  });
});

/** Does with a configuration what the refusal says. */
function merged(own: string, stderr: string): string {
  const block = /filesystem_mirror \{[\s\S]*?\n\}/.exec(stderr)?.[0] ?? "";
  const exclusion = /^exclude = .*$/m.exec(stderr)?.[0] ?? "";
  return own
    .replace("provider_installation {", `provider_installation {\n${block}`)
    .replace(/(direct|network_mirror) \{/g, (start) => `${start}\n${exclusion}\n`);
}

describe("a provider_installation of the user's own", () => {
  test.each([
    "provider_installation {\n  direct {}\n}\n",
    'plugin_cache_dir = "/cache"\nprovider_installation {\n  filesystem_mirror {\n    path = "/usr/share/terraform/providers" # ours\n    include = ["example.com/*/*",]\n  }\n  network_mirror {\n    url = "https://mirror.example.com/"\n  }\n  direct {\n  }\n}\n',
    'provider_installation {\n  dev_overrides {\n    "example/notes" = "/home/me/notes"\n  }\n  direct {}\n}\n',
    "provider_installation {\n}\n",
  ])("leads to the mirror once the block is merged as it was said: %j", async (own) => {
    const { config, home, install } = await machine({ ".terraformrc": own });
    const refused = await install();
    expect(refused).toMatchObject({ exitCode: 1 });
    await writeFile(join(home, ".terraformrc"), merged(own, refused.stderr));
    const first = await install(["--print-env"]);
    expect(first).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining(`Your own configuration, ${join(home, ".terraformrc")}, leads to it.`),
    });
    expect(first.stdout.split("\n")).toContain("unset TF_CLI_CONFIG_FILE");
    await expect(stat(config)).rejects.toMatchObject({ code: "ENOENT" });
  });

  test("is named by TF_CLI_CONFIG_FILE where the user's file is, also after a file of ours", async () => {
    const { config, home, install } = await machine({ "my.tfrc": "provider_installation {\n  direct {}\n}\n" });
    const env = { TF_CLI_CONFIG_FILE: join(home, "my.tfrc") };
    const refused = await install([], env);
    await install(["--force"], env);
    await writeFile(join(home, "my.tfrc"), merged("provider_installation {\n  direct {}\n}\n", refused.stderr));
    for (const file of [env.TF_CLI_CONFIG_FILE, config])
      expect((await install(["--print-env"], { TF_CLI_CONFIG_FILE: file })).stdout.split("\n")).toContain(
        `export TF_CLI_CONFIG_FILE='${env.TF_CLI_CONFIG_FILE}'`,
      );
  });

  test.each<[string, (block: string, exclusion: string) => string, string]>([
    ["the block is missing", (_, exclusion) => `direct {\n${exclusion}\n}`, "does not lead to the mirror"],
    [
      "the block leads elsewhere",
      (block, exclusion) => `${block.replace('mirror"', 'other"')}direct {\n${exclusion}\n}`,
      "does not lead to the mirror",
    ],
    ["the block is for another provider", (block) => block.replaceAll("pangolin-iac/", "other/"), "does not lead to the mirror"],
    ["the exclusion is missing", (block) => `${block}direct {}`, "its direct block asks elsewhere for the provider too"],
    [
      "the exclusion is for one engine",
      (block) => `${block}direct {\nexclude = ["registry.terraform.io/*/*"]\n}`,
      "its direct block asks elsewhere",
    ],
    [
      "a network mirror is asked too",
      (block) => `${block}network_mirror {\nurl = "https://x/"\n}`,
      "its network_mirror block asks elsewhere",
    ],
    ["it is not understood", (block) => `${block}direct {\nexclude = var.x\n}`, "cannot be carried over"],
  ])("is refused where %s", async (_, inside, message) => {
    const { home, install } = await machine({ ".terraformrc": "provider_installation {\n}\n" });
    const { stderr } = await install();
    const block = `${/filesystem_mirror \{[\s\S]*?\n\}/.exec(stderr)?.[0]}\n`;
    const exclusion = /^exclude = .*$/m.exec(stderr)?.[0] ?? "";
    await writeFile(join(home, ".terraformrc"), `provider_installation {\n${inside(block, exclusion)}\n}\n`);
    expect(await install()).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(message) });
  });

  test.each(['include = ["pangolin-iac/*"]', 'include = ["*/pangolin-iac/pangolin"]', "", 'include = [\n# both\n"*/*/*",\n]'])(
    "may say the same in other words: %j",
    async (include) => {
      const { home, install } = await machine({ ".terraformrc": "provider_installation {\n}\n" });
      const block = /filesystem_mirror \{[\s\S]*?\n\}/.exec((await install()).stderr)?.[0] ?? "";
      const own = `provider_installation {\n${block.replace(/include = .*/, include)}\ndirect {\nexclude = ["pangolin-iac/pangolin"]\n}\n}\n`;
      await writeFile(join(home, ".terraformrc"), own);
      expect(await install()).toMatchObject({ exitCode: 0 });
    },
  );

  test("eval fails where the command failed, whatever the failure", async () => {
    const { directory, home } = await machine();
    for (const args of [[], ["--platform", "x"], ["--nonsense"]]) {
      const { stdout, exitCode } = await command(["provider", "install", "--print-env", ...args], { directory, home });
      expect(exitCode).not.toBe(0);
      await expect(promisify(execFile)("sh", ["-ec", 'eval "$1"; echo went on', "sh", stdout])).rejects.toMatchObject({
        code: 1,
        stdout: "",
      });
    }
  });
});
