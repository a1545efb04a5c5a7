import type { Action } from "./action.js";
import { type Compiled, CompiledMembers, compile, load } from "./compiled.js";
import type { DataSource } from "./data-source.js";
import type { DeferralReason } from "./deferral.js";
import { type Diagnostic, Diagnostics, diagnosticOf, UNEXPECTED } from "./diagnostics.js";
import type { EphemeralResource } from "./ephemeral-resource.js";
import { type CompiledIdentity, compileIdentity } from "./identity.js";
import type { ListResource } from "./list-resource.js";
import { log, stackOf } from "./log.js";
import { Opened } from "./opened.js";
import { PrivateState } from "./private-state.js";
import type { Provider } from "./provider.js";
import { type ProviderFunction, supported } from "./provider-function.js";
import type { CallbackContext, Resource } from "./resource.js";
import { RunningCalls } from "./running-calls.js";
import { compileSchema } from "./schema/compile.js";
import type { Schema } from "./schema/schema.js";

export interface CompiledResource extends Compiled<Resource> {
  readonly identity: CompiledIdentity | undefined;
}

export type CompiledDataSource = Compiled<DataSource>;
export type CompiledEphemeralResource = Compiled<EphemeralResource>;
export type CompiledAction = Compiled<Action>;

export interface CompiledListResource extends Compiled<ListResource> {
  /** The resource whose objects it finds. */
  readonly resource: CompiledResource;
}

/** For what has to come to its end, whoever waits for it. */
export const NEVER: AbortSignal = new AbortController().signal;

/** A provider at work: its members compiled on first use, and what its configuration gave. */
export class ProviderServer {
  /** What `configure` returned; undefined until Terraform has configured the provider. */
  data: unknown;
  /** Why everything of this provider is put off, if its configuration cannot be used yet. */
  deferred: DeferralReason | undefined;
  readonly opened = new Opened();
  readonly calls = new RunningCalls();
  #providerSchema: Schema | undefined;
  readonly #resources: CompiledMembers<Resource, CompiledResource>;
  readonly #dataSources: CompiledMembers<DataSource, CompiledDataSource>;
  readonly #ephemeralResources: CompiledMembers<EphemeralResource, CompiledEphemeralResource>;
  readonly #actions: CompiledMembers<Action, CompiledAction>;
  readonly #listResources: CompiledMembers<ListResource, CompiledListResource>;

  constructor(readonly provider: Provider) {
    const { resources, dataSources, ephemeralResources = {}, actions = {}, listResources = {} } = provider;
    this.#resources = new CompiledMembers(resources, "resource type", (typeName, definition) => {
      const compiled = compile(typeName, definition);
      return { ...compiled, identity: definition.identity && compileIdentity(compiled.schema, definition.identity) };
    });
    this.#dataSources = new CompiledMembers(dataSources, "data source", compile);
    this.#ephemeralResources = new CompiledMembers(ephemeralResources, "ephemeral resource", compile);
    this.#actions = new CompiledMembers(actions, "action", compile);
    this.#listResources = new CompiledMembers(listResources, "list resource", async (typeName, definition) => ({
      ...compile(typeName, definition),
      resource: await this.resource(typeName),
    }));
  }

  /** What runs is told to begin nothing new; what changes anything is refused from now on, until the provider is configured again. */
  stop(): void {
    this.calls.stop();
    this.provider.stop?.(this.data);
  }

  /** Whether the provider was stopped before something was begun; says so. */
  refuses(diagnostics: Diagnostics): boolean {
    if (this.calls.stopped)
      diagnostics.error("Stopped", "Terraform stopped the provider before this was begun. Nothing was sent; run it again.");
    return this.calls.stopped;
  }

  /** What every callback is given. */
  context(diagnostics: Diagnostics, signal: AbortSignal): CallbackContext<unknown> {
    return { provider: this.data, diagnostics, signal, abandoned: this.calls.current?.abandoned ?? NEVER };
  }

  providerSchema(): Schema {
    this.#providerSchema ??= compileSchema(this.provider.schema, { description: this.provider.description });
    return this.#providerSchema;
  }

  resource(typeName: string): Promise<CompiledResource> {
    return this.#resources.get(typeName);
  }

  dataSource(typeName: string): Promise<CompiledDataSource> {
    return this.#dataSources.get(typeName);
  }

  ephemeralResource(typeName: string): Promise<CompiledEphemeralResource> {
    return this.#ephemeralResources.get(typeName);
  }

  action(typeName: string): Promise<CompiledAction> {
    return this.#actions.get(typeName);
  }

  listResource(typeName: string): Promise<CompiledListResource> {
    return this.#listResources.get(typeName);
  }

  async function(name: string): Promise<ProviderFunction> {
    return supported(await load(this.provider.functions, name, "function"));
  }

  /**
   * Ends what runs, and closes what is still open, each on its own: one that fails does not keep the others. Nobody is there to
   * be told.
   */
  async shutdown(): Promise<void> {
    await this.run(new Diagnostics(), () => this.stop());
    await this.calls.ended();
    await Promise.all(
      this.opened.all.map(async ({ resource, private: bytes }) => {
        const diagnostics = new Diagnostics();
        await this.run(diagnostics, () =>
          resource.definition.close?.({ ...this.context(diagnostics, NEVER), private: PrivateState.decode(bytes) }),
        );
        this.opened.remove(bytes);
      }),
    );
  }

  /**
   * Runs a callback; what it throws becomes a diagnostic here and nowhere else. Returns undefined where it threw. What it returns
   * stands although something that it left behind was rejected, which is a diagnostic as well.
   */
  async run<T>(diagnostics: Diagnostics, callback: () => T | Promise<T>): Promise<T | undefined> {
    const { current } = this.calls;
    try {
      return await (current ? current.settle(callback) : callback());
    } catch (error) {
      diagnostics.add(this.diagnosticOf(error));
      return undefined;
    } finally {
      diagnostics.add(...(current?.takeStray() ?? []).map((error) => this.diagnosticOf(error)));
    }
  }

  /** Something that was thrown or rejected where nobody caught it. `false`: it belongs to no call that still runs. */
  takesStray(error: unknown): boolean {
    const { current } = this.calls;
    current?.addStray(error);
    return current !== undefined && !current.hasEnded;
  }

  diagnosticOf(error: unknown): Diagnostic {
    const diagnostic = diagnosticOf(error, this.provider.diagnose);
    log(diagnostic.summary === UNEXPECTED ? "error" : "trace", "A callback failed", { error: stackOf(error) });
    return diagnostic;
  }
}
