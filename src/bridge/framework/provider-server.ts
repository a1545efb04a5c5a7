import type { Action } from "./action.js";
import { type Compiled, CompiledMembers, compile, load } from "./compiled.js";
import type { DataSource } from "./data-source.js";
import type { DeferralReason } from "./deferral.js";
import { type Diagnostic, Diagnostics, diagnosticOf } from "./diagnostics.js";
import type { EphemeralResource } from "./ephemeral-resource.js";
import { type CompiledIdentity, compileIdentity } from "./identity.js";
import type { ListResource } from "./list-resource.js";
import { Opened } from "./opened.js";
import { PrivateState } from "./private-state.js";
import type { Provider } from "./provider.js";
import type { ProviderFunction } from "./provider-function.js";
import type { Resource } from "./resource.js";
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

/** A provider at work: its members compiled on first use, and what its configuration gave. */
export class ProviderServer {
  /** What `configure` returned; undefined until Terraform has configured the provider. */
  data: unknown;
  /** Why everything of this provider is put off, if its configuration cannot be used yet. */
  deferred: DeferralReason | undefined;
  readonly opened = new Opened();
  #stopped = false;
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

  get stopped(): boolean {
    return this.#stopped;
  }

  stop(): void {
    this.#stopped = true;
    this.provider.stop?.(this.data);
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

  function(name: string): Promise<ProviderFunction> {
    return load(this.provider.functions, name, "function");
  }

  /** Closes what is still open, each on its own: one that fails does not keep the others. Nobody is there to be told. */
  async shutdown(): Promise<void> {
    const { signal } = new AbortController();
    await Promise.all(
      this.opened.all.map(async ({ resource, private: bytes }) => {
        const diagnostics = new Diagnostics();
        await this.run(diagnostics, () =>
          resource.definition.close?.({ provider: this.data, diagnostics, signal, private: PrivateState.decode(bytes) }),
        );
        this.opened.remove(bytes);
      }),
    );
  }

  /** Runs a callback; what it throws becomes a diagnostic here and nowhere else. Returns undefined where it threw. */
  async run<T>(diagnostics: Diagnostics, callback: () => T | Promise<T>): Promise<T | undefined> {
    try {
      return await callback();
    } catch (error) {
      diagnostics.add(this.diagnosticOf(error));
      return undefined;
    }
  }

  diagnosticOf(error: unknown): Diagnostic {
    return diagnosticOf(error, this.provider.diagnose);
  }
}
