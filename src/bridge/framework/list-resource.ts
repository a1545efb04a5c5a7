import type * as z from "zod";
import type { CallbackContext, Shape, ValidateContext } from "./resource.js";
import type { Config } from "./schema/attribute.js";

/** What the `list` callback gets. */
export interface ListContext<S extends Shape, Data> extends CallbackContext<Data> {
  readonly config: Config<S>;
  /** Whether Terraform wants the `state` of each object too. Reading it may be expensive, so omit it otherwise. */
  readonly includeResource: boolean;
  /** Maximum number of objects that Terraform takes. */
  readonly limit: number;
}

/** An object that a list resource found. */
export interface Listed {
  /** Identity of the object, by attribute name. */
  readonly identity: Readonly<Record<string, unknown>>;
  /** Name for people. */
  readonly displayName: string;
  /** The complete object, as the resource's `read` returns it. */
  readonly state?: Readonly<Record<string, unknown>>;
}

/** A list resource for `terraform query`: finds objects of the managed resource with the same type name, which must have an identity. */
export interface ListResource<S extends Shape = Shape, Data = unknown> {
  readonly description: string;
  readonly schema: z.ZodObject<S>;
  readonly deprecated?: string;
  /** Checks across attributes of the `config` block. */
  validate?(context: ValidateContext<S>): void;
  /** May yield objects one by one: each is sent to Terraform at once. */
  list(context: ListContext<S, Data>): AsyncIterable<Listed> | Iterable<Listed>;
}

/** Declares a list resource. The types of the callbacks are checked against the schema here. */
export const listResource =
  <Data>() =>
  <S extends Shape>(definition: ListResource<S, Data>): ListResource =>
    definition as unknown as ListResource;
