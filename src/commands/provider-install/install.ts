import { access, mkdir, open, readFile, rename, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Failure } from "../failure.js";
import { findTerraform } from "../terraform.js";
import { installEnvironment, type ShellEnvironment } from "./environment.js";
import { installIntoMirror, type MirrorChange } from "./mirror.js";
import { originOf, ownConfigText } from "./own-config.js";
import { type UserConfig, userConfigs } from "./user-config.js";

export interface InstallRequest {
  /** Everything is put under it. */
  readonly directory: string;
  readonly providerPackage: string;
  readonly version: string;
  readonly platforms: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly home: string;
  /** Writes a configuration even where some of the user's own cannot be part of it. */
  readonly force: boolean;
}

export interface Installation {
  readonly change: MirrorChange;
  readonly mirror: string;
  readonly environment: ShellEnvironment;
  /** The user's own configuration that leads to the mirror already, so that none was written. */
  readonly ledBy?: string;
  /** Reasons why no CLI configuration was written. Empty if it was. */
  readonly obstacles: readonly string[];
}

/** Installs the provider into a mirror and writes a CLI configuration that leads to it. */
export async function installProvider(request: InstallRequest): Promise<Installation> {
  const { directory, force } = request;
  const mirror = join(directory, "mirror");
  const config = join(directory, "terraform.rc");
  const user = await userConfigs(request.env, request.home);
  await refuseForeignFile(config);
  await prepareDirectory(directory, mirror);
  const change = await installIntoMirror({ from: request.providerPackage, mirror, version: request.version, platforms: request.platforms });
  const binary = (await findTerraform(request.env))?.binary;
  const own = user.configs.filter(({ installation }) => installation !== undefined);
  const lacking = own.map((each) => ({ path: each.path, lacks: lacksOf(each, mirror) }));
  if (own.length === 1 && lacking[0]?.lacks === undefined) {
    const environment = installEnvironment({ directory, config: user.origin.file, binary });
    return { change, mirror, environment, ledBy: own[0]?.path ?? "", obstacles: [] };
  }
  const obstacles = [
    ...lacking.map(({ path, lacks }) => `${path} ${lacks ?? "has one of several provider_installation blocks"}`),
    ...user.unclear.map(({ path, reason }) => `${path} cannot be carried over: ${reason}`),
  ];
  const installation = { change, mirror, environment: installEnvironment({ directory, config, binary }) };
  if (obstacles.length > 0 && !force) return { ...installation, obstacles };
  const implicit = join(request.home, ".terraform.d", "plugins");
  const implicitMirrors = (await exists(implicit)) ? [implicit] : [];
  await writePrivately(config, ownConfigText({ origin: user.origin, mirror, implicitMirrors, carried: user.configs }));
  return { ...installation, obstacles: [] };
}

/** What a configuration's own provider_installation lacks to lead to the mirror; undefined: nothing. */
function lacksOf({ installation = [] }: UserConfig, mirror: string): string | undefined {
  if (
    !installation.some(({ kind, path, takes }) => kind === "filesystem_mirror" && path !== undefined && resolve(path) === mirror && takes)
  )
    return "has a provider_installation of its own, which does not lead to the mirror";
  const other = installation.find(({ kind, mayTake }) => (kind === "direct" || kind === "network_mirror") && mayTake);
  return other && `leads to the mirror, and its ${other.kind} block asks elsewhere for the provider too`;
}

async function refuseForeignFile(config: string): Promise<void> {
  if ((await exists(config)) && originOf(await readFile(config, "utf8")) === undefined) {
    throw new Failure(`${config} is not a file of this command, so it is left alone.`, "Choose another --dir, or move the file away.");
  }
}

/** A directory that we create ourselves gets a .gitignore: it contains builds and perhaps credentials. */
async function prepareDirectory(directory: string, mirror: string): Promise<void> {
  const created = !(await exists(directory));
  await mkdir(mirror, { recursive: true });
  if (created) await writeFile(join(directory, ".gitignore"), "*\n");
}

/** The copied configuration may contain credentials, so only the owner may read the file, from its creation on. */
async function writePrivately(path: string, text: string): Promise<void> {
  const fresh = `${path}.${process.pid}`;
  const file = await open(fresh, "w", 0o600);
  try {
    await file.chmod(0o600);
    await file.writeFile(text);
  } finally {
    await file.close();
  }
  await rename(fresh, path);
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );
