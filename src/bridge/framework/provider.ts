import type * as z from "zod";
import type { Action } from "./action.js";
import type { DataSource } from "./data-source.js";
import type { Deferral } from "./deferral.js";
import type { Diagnose, Diagnostics } from "./diagnostics.js";
import type { EphemeralResource } from "./ephemeral-resource.js";
import type { ListResource } from "./list-resource.js";
import type { ProviderFunction } from "./provider-function.js";
import type { Resource, Shape, ValidateContext } from "./resource.js";
import type { Config } from "./schema/attribute.js";

/** Members are loaded when Terraform first names them, so that a launch pays only for what it uses. */
export type Lazy<T> = () => T | Promise<T>;

/** What a provider is configured with. */
export interface ConfigureContext<S extends Shape> {
  readonly config: Config<S>;
  /** As the engine says it; OpenTofu gives a Terraform version. */
  readonly terraformVersion: string;
  readonly diagnostics: Diagnostics;
  /** Puts off everything of this provider. */
  readonly deferral: Deferral;
}

/** A provider: its configuration, and what it has by type name. */
export interface Provider<S extends Shape = Shape, Data = unknown> {
  /** The local name, which every resource type starts with. */
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly schema: z.ZodObject<S>;
  /** Checks across attributes of the provider block. */
  validate?(context: ValidateContext<S>): void;
  /** Sends nothing: Terraform configures providers that it then asks for nothing. Unknown values are to be tolerated. */
  configure(context: ConfigureContext<S>): Data | Promise<Data>;
  /** Words for the errors that the provider's callbacks throw. */
  readonly diagnose?: Diagnose;
  /** Called once when Terraform stops the provider: what is in flight ends, nothing new starts. */
  stop?(data: Data | undefined): void;
  readonly resources: Readonly<Record<string, Lazy<Resource>>>;
  readonly dataSources: Readonly<Record<string, Lazy<DataSource>>>;
  readonly ephemeralResources?: Readonly<Record<string, Lazy<EphemeralResource>>>;
  readonly actions?: Readonly<Record<string, Lazy<Action>>>;
  /** By the type name of the resource whose objects each finds. */
  readonly listResources?: Readonly<Record<string, Lazy<ListResource>>>;
  readonly functions: Readonly<Record<string, Lazy<ProviderFunction>>>;
}

/** Declares a provider. `configure` is checked against the schema here; afterwards all providers are of one type. */
export const provider = <S extends Shape, Data>(definition: Provider<S, Data>): Provider => definition as unknown as Provider;
