import { type ChildProcess, execFile } from "node:child_process";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { requireTerraform, type Terraform } from "../../src/commands/terraform.js";
import { programPath } from "./program-path.js";
import { mirrorConfig } from "./provider-mirror.js";
import { oncePerRun, temporaryDirectory } from "./run-directory.js";

export interface TerraformResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout and stderr, for looking at messages. */
  readonly text: string;
}

export interface PlanResult extends TerraformResult {
  /** Whether `-detailed-exitcode` saw something to do. */
  readonly changes: boolean;
  /** The plan as `terraform show -json` tells it. */
  readonly json: PlanJson;
  /** The plan's file, for `apply(plan.file)`. */
  readonly file: string;
}

export interface PlanJson {
  readonly resource_changes?: readonly ResourceChange[];
  readonly resource_drift?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, { readonly actions: readonly string[] }>>;
}

export interface ResourceChange {
  readonly address: string;
  readonly change: {
    readonly actions: readonly string[];
    readonly before: Readonly<Record<string, unknown>> | null;
    readonly after: Readonly<Record<string, unknown>> | null;
    readonly after_unknown: Readonly<Record<string, unknown>>;
    readonly replace_paths?: readonly (readonly (string | number)[])[];
  };
}

export interface StateResource {
  readonly address: string;
  readonly type: string;
  readonly values: Readonly<Record<string, unknown>>;
}

export interface RunningTerraform {
  kill(signal: NodeJS.Signals): void;
  /** Rejects where it did not end by itself. */
  readonly ended: Promise<TerraformResult>;
}

/** Files by name (`main.tf`), or the text of `main.tf` alone. */
export type WorkspaceFiles = string | Readonly<Record<string, string>>;

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Default: 0 is expected, anything else throws with all output. `"any"` gives the result back. */
  readonly expect?: number | readonly number[] | "any";
  readonly input?: string;
}

const REQUIRED_PROVIDER = 'terraform {\n  required_providers {\n    pangolin = {\n      source = "pangolin-iac/pangolin"\n    }\n  }\n}\n';
/** A write, an argon2 and a plan over 1,000 instances all fit; what takes longer hangs. */
const TIME_LIMIT_MS = 300_000;

/**
 * A configuration in a directory of its own, ready for plan: `.terraform` and the lock file are copies of ones made once per run, since
 * `terraform init` would cost each test about as much as its plan. Removed at the end of the run.
 */
export async function workspace(files: WorkspaceFiles, env: Readonly<Record<string, string>> = {}): Promise<Workspace> {
  const directory = await temporaryDirectory("workspace");
  const made = await workspaceIn(directory, env);
  await cp(await initialisedDirectory(made.engine), directory, { recursive: true, verbatimSymlinks: true });
  await made.write(files);
  return made;
}

/** A directory without `.terraform`, for tests of `init` itself. */
export async function uninitialisedWorkspace(files: WorkspaceFiles, env: Readonly<Record<string, string>> = {}): Promise<Workspace> {
  const made = await workspaceIn(await temporaryDirectory("workspace"), env);
  await made.write({ "required-providers.tf": REQUIRED_PROVIDER });
  await made.write(files);
  return made;
}

/** A directory that is there already, such as a stack's that CDKTF wrote. */
export async function workspaceIn(directory: string, env: Readonly<Record<string, string>>): Promise<Workspace> {
  return new Workspace(await requireTerraform(process.env), directory, await mirrorConfig(), env, await programPath());
}

/** Terraform and OpenTofu look for a provider under different hosts. */
const initialisedDirectory = ({ product }: Terraform) =>
  oncePerRun(`initialised-${product}`, async (directory) => {
    const made = await workspaceIn(directory, {});
    await made.write({ "required-providers.tf": REQUIRED_PROVIDER });
    await made.init();
  });

export class Workspace {
  #plans = 0;

  constructor(
    readonly engine: Terraform,
    readonly directory: string,
    private readonly config: string,
    private readonly env: Readonly<Record<string, string>>,
    private readonly path = process.env.PATH,
  ) {}

  /** Writes files; those of other names stay. */
  async write(files: WorkspaceFiles): Promise<void> {
    for (const [name, text] of Object.entries(typeof files === "string" ? { "main.tf": files } : files)) {
      const path = join(this.directory, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, text);
    }
  }

  remove(name: string): Promise<void> {
    return rm(join(this.directory, name));
  }

  init(...args: string[]): Promise<TerraformResult> {
    return this.run(["init", "-input=false", ...args]);
  }

  validate(options?: RunOptions): Promise<TerraformResult> {
    return this.run(["validate"], options);
  }

  async plan(args: readonly string[] = [], options: RunOptions = {}): Promise<PlanResult> {
    this.#plans += 1;
    const file = join(this.directory, `plan-${this.#plans}`);
    const result = await this.run(["plan", "-input=false", "-detailed-exitcode", `-out=${file}`, ...args], {
      ...options,
      expect: options.expect ?? [0, 2],
    });
    const planned = result.exitCode === 0 || result.exitCode === 2;
    const json = planned ? (JSON.parse((await this.run(["show", "-json", file], { env: options.env ?? {} })).stdout) as PlanJson) : {};
    return { ...result, changes: result.exitCode === 2, json, file };
  }

  /** A plan that is refused: gives its output. */
  async failingPlan(args: readonly string[] = [], options: RunOptions = {}): Promise<string> {
    return (await this.plan(args, { ...options, expect: 1 })).text;
  }

  apply(args: readonly string[] = [], options?: RunOptions): Promise<TerraformResult> {
    return this.run(["apply", "-input=false", "-auto-approve", ...args], options);
  }

  destroy(args: readonly string[] = [], options?: RunOptions): Promise<TerraformResult> {
    return this.run(["destroy", "-input=false", "-auto-approve", ...args], options);
  }

  import(address: string, id: string, options?: RunOptions): Promise<TerraformResult> {
    return this.run(["import", "-input=false", address, id], options);
  }

  /** Every output's value, sensitive ones too. */
  async outputs(): Promise<Readonly<Record<string, unknown>>> {
    const outputs = JSON.parse((await this.run(["output", "-json"])).stdout) as Record<string, { value: unknown }>;
    return Object.fromEntries(Object.entries(outputs).map(([name, { value }]) => [name, value]));
  }

  /** The resources and data sources of the root module that are in the state, by address. */
  async state(): Promise<ReadonlyMap<string, StateResource>> {
    const shown = JSON.parse((await this.run(["show", "-json"])).stdout) as { values?: { root_module?: { resources?: StateResource[] } } };
    return new Map((shown.values?.root_module?.resources ?? []).map((resource) => [resource.address, resource]));
  }

  /** One resource's attributes in the state. */
  async attributes(address: string): Promise<Readonly<Record<string, unknown>>> {
    const resource = (await this.state()).get(address);
    if (!resource) throw new Error(`There is no ${address} in the state.`);
    return resource.values;
  }

  /** Runs with TF_LOG=TRACE and gives what was logged. */
  async traced(
    run: (options: RunOptions) => Promise<TerraformResult>,
  ): Promise<{ readonly result: TerraformResult; readonly log: string }> {
    const path = join(this.directory, "trace.log");
    const result = await run({ env: { TF_LOG: "TRACE", TF_LOG_PATH: path } });
    return { result, log: await readFile(path, "utf8") };
  }

  async run(args: readonly string[], options: RunOptions = {}): Promise<TerraformResult> {
    const result = await this.start(args, options);
    const expected = options.expect ?? 0;
    if (expected === "any" || [expected].flat().includes(result.exitCode)) return result;
    const command = `${this.engine.binary} ${args.join(" ")}`;
    throw new Error(
      `${command}: exit code ${result.exitCode}, expected ${[expected].flat().join(" or ")}\n${result.stdout}\n${result.stderr}`,
    );
  }

  private start(args: readonly string[], options: RunOptions): Promise<TerraformResult> {
    return this.begin(args, options).ended;
  }

  /** Starts a command, to be interrupted while it runs. */
  begin(args: readonly string[], { env = {}, input = "" }: RunOptions = {}): RunningTerraform {
    let child: ChildProcess | undefined;
    const ended = new Promise<TerraformResult>((resolve, reject) => {
      const options = { cwd: this.directory, env: { ...this.environment(), ...env }, maxBuffer: 2 ** 28, timeout: TIME_LIMIT_MS };
      child = execFile(this.engine.binary, [...args], options, (error, stdout, stderr) => {
        const exitCode = error ? error.code : 0;
        if (typeof exitCode === "number") resolve({ exitCode, stdout, stderr, text: `${stdout}\n${stderr}` });
        else reject(new Error(`${this.engine.binary} ${args.join(" ")} did not end by itself: ${error?.message}\n${stdout}\n${stderr}`));
      });
      child.stdin?.end(input);
    });
    return { kill: (signal) => child?.kill(signal), ended };
  }

  /** Nothing of the tester's own settings but the way to programs; a home that is the workspace; no colour, no questions, no telephone. */
  environment(): NodeJS.ProcessEnv {
    return {
      PATH: this.path,
      HOME: this.directory,
      TF_CLI_CONFIG_FILE: this.config,
      TF_DATA_DIR: join(this.directory, ".terraform"),
      TF_CLI_ARGS: "-no-color",
      TF_IN_AUTOMATION: "1",
      CHECKPOINT_DISABLE: "1",
      ...this.env,
    };
  }
}
