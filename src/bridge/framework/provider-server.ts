import type { DataSource } from "./data-source.js";
import type { DeferralReason } from "./deferral.js";
import { type Diagnostic, DiagnosticError, Diagnostics, diagnosticOf } from "./diagnostics.js";
import type { EphemeralResource } from "./ephemeral-resource.js";
import { type CompiledIdentity, compileIdentity } from "./identity.js";
import { Opened } from "./opened.js";
import { PrivateState } from "./private-state.js";
import type { Lazy, Provider } from "./provider.js";
import type { ProviderFunction } from "./provider-function.js";
import type { Resource } from "./resource.js";
import { compileSchema } from "./schema/compile.js";
import type { Schema } from "./schema/schema.js";

export interface CompiledResource {
  readonly typeName: string;
  readonly definition: Resource;
  readonly schema: Schema;
  readonly identity: CompiledIdentity | undefined;
}

export interface CompiledDataSource {
  readonly typeName: string;
  readonly definition: DataSource;
  readonly schema: Schema;
}

export interface CompiledEphemeralResource {
  readonly typeName: string;
  readonly definition: EphemeralResource;
  readonly schema: Schema;
}

/** A provider at work: its members compiled on first use, and what its configuration gave. */
export class ProviderServer {
  /** What `configure` returned; undefined until Terraform has configured the provider. */
  data: unknown;
  /** Why everything of this provider is put off, if its configuration cannot be used yet. */
  deferred: DeferralReason | undefined;
  #stopped = false;
  #providerSchema: Schema | undefined;
  readonly #resources = new Map<string, Promise<CompiledResource>>();
  readonly #dataSources = new Map<string, Promise<CompiledDataSource>>();
  readonly #ephemeralResources = new Map<string, Promise<CompiledEphemeralResource>>();
  readonly opened = new Opened();

  constructor(readonly provider: Provider) {}

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
    return once(this.#resources, typeName, async () => {
      const definition = await load(this.provider.resources, typeName, "resource type");
      const schema = compileSchema(definition.schema, definition);
      return { typeName, definition, schema, identity: definition.identity && compileIdentity(schema, definition.identity) };
    });
  }

  dataSource(typeName: string): Promise<CompiledDataSource> {
    return once(this.#dataSources, typeName, async () => {
      const definition = await load(this.provider.dataSources, typeName, "data source");
      return { typeName, definition, schema: compileSchema(definition.schema, definition) };
    });
  }

  ephemeralResource(typeName: string): Promise<CompiledEphemeralResource> {
    return once(this.#ephemeralResources, typeName, async () => {
      const definition = await load(this.provider.ephemeralResources ?? {}, typeName, "ephemeral resource");
      return { typeName, definition, schema: compileSchema(definition.schema, definition) };
    });
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

  function(name: string): Promise<ProviderFunction> {
    return load(this.provider.functions, name, "function");
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

/** A failed load is not remembered. */
function once<T>(cache: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = cache.get(key);
  if (known) return known;
  const made = make();
  cache.set(key, made);
  made.catch(() => cache.delete(key));
  return made;
}

async function load<T>(members: Readonly<Record<string, Lazy<T>>>, name: string, kind: string): Promise<T> {
  const lazy = Object.hasOwn(members, name) ? members[name] : undefined;
  if (!lazy) throw new DiagnosticError(`Unknown ${kind}`, `The provider has no ${kind} "${name}".`);
  return lazy();
}
