import type * as z from "zod";
import type { CallbackContext, Shape, ValidateContext } from "./resource.js";
import type { Config } from "./schema/attribute.js";

/** What is looked for. */
export interface ListContext<S extends Shape, Data> extends CallbackContext<Data> {
  readonly config: Config<S>;
  /** Whether Terraform wants each object's `state` too; it costs what reading costs, so it is left out where nobody asks. */
  readonly includeResource: boolean;
  /** How many objects Terraform takes; those beyond are not asked for. */
  readonly limit: number;
}

/** One object that a list resource found. */
export interface Listed {
  /** By the names of the resource's identity. */
  readonly identity: Readonly<Record<string, unknown>>;
  /** What a person calls it. */
  readonly displayName: string;
  /** The whole object, as the resource's `read` returns it. */
  readonly state?: Readonly<Record<string, unknown>>;
}

/** Finds the objects of the managed resource of the same type name, for `terraform query`. That resource has an identity. */
export interface ListResource<S extends Shape = Shape, Data = unknown> {
  readonly description: string;
  readonly schema: z.ZodObject<S>;
  readonly deprecated?: string;
  /** Checks across attributes of the `config` block. */
  validate?(context: ValidateContext<S>): void;
  /** May find one after the other: what is found is handed on at once. */
  list(context: ListContext<S, Data>): AsyncIterable<Listed> | Iterable<Listed>;
}

/** Declares a list resource. The callback is checked against the schema here; afterwards all list resources are of one type. */
export const listResource =
  <Data>() =>
  <S extends Shape>(definition: ListResource<S, Data>): ListResource =>
    definition as unknown as ListResource;
