import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Provider } from "../../../src/bridge/framework/provider.js";
import { type Workspace, workspace } from "../../../test/support/terraform.js";
import type { Configuration } from "../terraform/configuration.js";
import type { Told } from "../terraform/diagnostics.js";
import type { PlanOptions } from "../terraform/plan.js";
import { ProviderSchemas } from "../terraform/provider-process.js";
import type { PangolinServer } from "../world/http-server.js";
import type { ChangeView, Driver, InstanceView, Outcome, SavedPlan, Values } from "./driver.js";
import { hclOf } from "./hcl.js";
import { ended, signalIn } from "./processes.js";

interface Ran {
  readonly told: readonly Told[];
  readonly exitCode: number;
  readonly killed: boolean;
}

interface ShownPlan {
  readonly resource_changes?: readonly {
    readonly address: string;
    readonly change: { readonly actions: readonly string[]; readonly before: Values | null };
  }[];
  readonly prior_state?: {
    readonly values?: { readonly root_module?: { readonly resources?: readonly { readonly address: string; readonly values: Values }[] } };
  };
}

/** The real program, in a folder of its own, with a provider that is built from the sources of now. */
export class RealTerraformDriver implements Driver {
  readonly #schemas: ProviderSchemas;
  #plans = 0;
  #killed = false;

  private constructor(
    provider: Provider,
    readonly server: PangolinServer,
    readonly workspace: Workspace,
  ) {
    this.#schemas = new ProviderSchemas(provider);
    const { directory } = workspace;
    server.onStrike = (strike) => {
      if (strike === "kill-terraform") this.#killed = true;
      signalIn(directory, strike === "interrupt" ? "SIGINT" : "SIGKILL", ({ isProvider }) => isProvider === (strike === "kill-provider"));
    };
  }

  static async start(provider: Provider, server: PangolinServer): Promise<RealTerraformDriver> {
    return new RealTerraformDriver(provider, server, await workspace("", { PANGOLIN_MAX_RETRIES: "1", PANGOLIN_REQUEST_TIMEOUT: "3s" }));
  }

  instances(): readonly InstanceView[] {
    const file = join(this.workspace.directory, "terraform.tfstate");
    if (!existsSync(file)) return [];
    const { resources } = JSON.parse(readFileSync(file, "utf8")) as {
      resources: { mode: string; type: string; name: string; instances: { attributes: Values; private?: string; status?: string }[] }[];
    };
    return resources.flatMap(({ mode, type, name, instances }) =>
      mode !== "managed"
        ? []
        : instances.map(({ attributes, private: kept = "", status }) => ({
            address: `${type}.${name}`,
            values: attributes,
            private: Buffer.from(kept, "base64").toString("utf8"),
            tainted: status === "tainted",
          })),
    );
  }

  async plan(configuration: Configuration, options: PlanOptions = {}): Promise<SavedPlan> {
    await this.#write(configuration);
    const plan = join(this.workspace.directory, `plan-${++this.#plans}`);
    this.server.pangolin.phase = "plan";
    const ran = await this.#run(["plan", "-input=false", "-json", "-detailed-exitcode", `-out=${plan}`, ...argumentsOf(options)]);
    const failed = ran.killed || (ran.exitCode !== 0 && ran.exitCode !== 2);
    const shown = failed ? {} : await this.#show(plan);
    return { outcome: { ...ran, failed, changes: changesOf(shown), empty: ran.exitCode === 0, refreshed: refreshedOf(shown) }, plan };
  }

  async apply(configuration: Configuration, options: PlanOptions = {}, saved?: SavedPlan): Promise<Outcome> {
    const { outcome, plan } = saved ?? (await this.plan(configuration, options));
    if (outcome.failed) return outcome;
    this.server.pangolin.phase = "apply";
    const ran = await this.#run(["apply", "-input=false", "-json", "-lock=false", String(plan)]);
    return {
      ...outcome,
      told: [...(saved ? [] : outcome.told), ...ran.told],
      killed: ran.killed,
      failed: ran.killed || ran.exitCode !== 0,
    };
  }

  async import(configuration: Configuration, address: string, id: string): Promise<Outcome> {
    await this.#write(configuration);
    this.server.pangolin.phase = "import";
    const { exitCode, text } = await this.workspace.import(address, id, { expect: "any" });
    this.server.pangolin.phase = "none";
    const told: Told[] =
      exitCode === 0 ? [] : [{ severity: "error", summary: "Import failed", detail: text.replace(/\n[│╷╵ ]*/g, " "), address }];
    return { told, failed: exitCode !== 0, killed: false, changes: new Map(), empty: false, refreshed: [] };
  }

  async stateRm(address: string): Promise<void> {
    await this.workspace.run(["state", "rm", "-lock=false", address]);
  }

  async taint(address: string): Promise<void> {
    await this.workspace.run(["taint", "-lock=false", address]);
  }

  async close(): Promise<void> {
    await ended(this.workspace.directory);
    await this.server.close();
  }

  async #write(configuration: Configuration): Promise<void> {
    await this.workspace.write(await hclOf(configuration, async (typeName) => (await this.#schemas.resource(typeName)).schema));
  }

  async #show(plan: string): Promise<ShownPlan> {
    return JSON.parse((await this.workspace.run(["show", "-json", plan])).stdout) as ShownPlan;
  }

  async #run(args: readonly string[]): Promise<Ran> {
    this.#killed = false;
    try {
      const { exitCode, stdout } = await this.workspace.run([...args, ...(args[0] === "plan" ? ["-lock=false"] : [])], { expect: "any" });
      return { told: toldIn(stdout), exitCode, killed: this.#killed };
    } catch (error) {
      // Nothing but the kill ends it like this.
      if (!this.#killed) throw error;
      return { told: [], exitCode: 1, killed: true };
    } finally {
      await ended(this.workspace.directory);
      this.server.pangolin.phase = "none";
    }
  }
}

function argumentsOf({ mode, refresh, targets = [], replace }: PlanOptions): string[] {
  return [
    ...(mode === "destroy" ? ["-destroy"] : mode === "refresh-only" ? ["-refresh-only"] : []),
    ...(refresh === false ? ["-refresh=false"] : []),
    ...targets.map((target) => `-target=${target}`),
    ...(replace === undefined ? [] : [`-replace=${replace}`]),
  ];
}

/** Diagnostics among the lines of `-json`. */
const toldIn = (stdout: string): Told[] =>
  stdout.split("\n").flatMap((line): Told[] => {
    if (!line.startsWith("{")) return [];
    const { diagnostic } = JSON.parse(line) as { diagnostic?: Told };
    return diagnostic ? [{ ...diagnostic, detail: diagnostic.detail ?? "" }] : [];
  });

const ACTIONS: Readonly<Record<string, ChangeView["action"]>> = {
  "no-op": "no-op",
  read: "no-op",
  create: "create",
  update: "update",
  delete: "delete",
  "delete,create": "replace",
  "create,delete": "replace",
};

const changesOf = ({ resource_changes: changes = [] }: ShownPlan): ReadonlyMap<string, ChangeView> =>
  new Map(changes.map(({ address, change }) => [address, { action: ACTIONS[change.actions.join()] ?? "update", before: change.before }]));

const refreshedOf = ({ prior_state: state }: ShownPlan): InstanceView[] =>
  (state?.values?.root_module?.resources ?? []).map(({ address, values }) => ({ address, values, private: "", tainted: false }));
