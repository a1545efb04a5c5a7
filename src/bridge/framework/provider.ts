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

/** Resources and functions are loaded when Terraform first uses them, to keep the launch fast. */
export type Lazy<T> = () => T | Promise<T>;

/** What the `configure` callback gets. */
export interface ConfigureContext<S extends Shape> {
  readonly config: Config<S>;
  /** Version of Terraform. OpenTofu reports a Terraform version here. */
  readonly terraformVersion: string;
  readonly diagnostics: Diagnostics;
  /** Defers everything of this provider. */
  readonly deferral: Deferral;
}

/** A provider: its configuration, and its resources and functions by type name. */
export interface Provider<S extends Shape = Shape, Data = unknown> {
  /** Local name, the prefix of every resource type. */
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly schema: z.ZodObject<S>;
  /** Checks across attributes of the provider block. */
  validate?(context: ValidateContext<S>): void;
  /** Must not send requests: Terraform also configures providers that it does not use. Values may be unknown. */
  configure(context: ConfigureContext<S>): Data | Promise<Data>;
  /** Turns errors that the provider's callbacks throw into diagnostics. */
  readonly diagnose?: Diagnose;
  /** Called once when Terraform stops the provider: finish what is in flight, start nothing new. */
  stop?(data: Data | undefined): void;
  readonly resources: Readonly<Record<string, Lazy<Resource>>>;
  readonly dataSources: Readonly<Record<string, Lazy<DataSource>>>;
  readonly ephemeralResources?: Readonly<Record<string, Lazy<EphemeralResource>>>;
  readonly actions?: Readonly<Record<string, Lazy<Action>>>;
  /** List resources by the type name of the managed resource. */
  readonly listResources?: Readonly<Record<string, Lazy<ListResource>>>;
  readonly functions: Readonly<Record<string, Lazy<ProviderFunction>>>;
}

/** Declares a provider. The type of `configure` is checked against the schema here. */
export const provider = <S extends Shape, Data>(definition: Provider<S, Data>): Provider => definition as unknown as Provider;
