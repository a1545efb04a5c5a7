import type * as z from "zod";
import type { Path } from "../cty/index.js";
import type { Diagnostics } from "./diagnostics.js";
import type { PrivateState } from "./private-state.js";
import type { Config, Planned, Settled, State } from "./schema/attribute.js";

export type Shape = Readonly<Record<string, z.ZodType>>;

/** What every callback is given beside its values. */
export interface CallbackContext<Data> {
  /** What the provider's `configure` returned. */
  readonly provider: Data;
  readonly diagnostics: Diagnostics;
  /** Aborted when Terraform stops the provider or gives the call up. */
  readonly signal: AbortSignal;
}

export interface ValidateContext<S extends Shape> {
  readonly config: Config<S>;
  readonly diagnostics: Diagnostics;
}

export interface PlanContext<S extends Shape, Data> extends CallbackContext<Data> {
  readonly config: Config<S>;
  /** `null`: the object is to be created. */
  readonly prior: State<S> | null;
  /** The plan so far, to be changed in place: defaults, unknown and kept values are in it. */
  readonly planned: Planned<S>;
  readonly private: PrivateState;
  /** Makes the plan a replacement because of this attribute, beside those that are declared with `replace`. */
  requireReplace(...names: (keyof S & string)[]): void;
}

export interface PlanDestroyContext<S extends Shape, Data> extends CallbackContext<Data> {
  readonly prior: State<S>;
  readonly private: PrivateState;
}

/** A write that fails half-way says with `save` what it had done; that is what Terraform stores beside the error. */
export interface WriteContext<S extends Shape, Data> extends CallbackContext<Data> {
  readonly config: Config<S>;
  readonly planned: Settled<S>;
  readonly private: PrivateState;
  save(state: State<S>): void;
}

export interface UpdateContext<S extends Shape, Data> extends WriteContext<S, Data> {
  readonly prior: State<S>;
}

export interface StateContext<S extends Shape, Data> extends CallbackContext<Data> {
  readonly state: State<S>;
  readonly private: PrivateState;
}

export interface ImportContext<S extends Shape, Data> extends CallbackContext<Data> {
  /** The attributes of the resource's `identity`, from the import text or the import block's identity. */
  readonly identity: Partial<State<S>>;
  readonly private: PrivateState;
}

/**
 * A managed resource: one zod object and its callbacks. An absent optional callback is an absent power; nothing is assumed for it.
 * `null` from `read` says that the object is proven to be gone.
 */
export interface Resource<S extends Shape = Shape, Data = unknown> {
  readonly description: string;
  readonly schema: z.ZodObject<S>;
  /** Raised when stored state changes its layout. */
  readonly version?: number;
  readonly deprecated?: string;
  readonly identity?: Identity<S>;
  validate?(context: ValidateContext<S>): void;
  plan?(context: PlanContext<S, Data>): void | Promise<void>;
  planDestroy?(context: PlanDestroyContext<S, Data>): void | Promise<void>;
  create(context: WriteContext<S, Data>): Promise<State<S>>;
  read(context: StateContext<S, Data>): Promise<State<S> | null>;
  /** Absent: every attribute of the configuration replaces. */
  update?(context: UpdateContext<S, Data>): Promise<State<S>>;
  delete(context: StateContext<S, Data>): Promise<void>;
  import?(context: ImportContext<S, Data>): Promise<State<S> | null>;
}

export interface Identity<S extends Shape = Shape> {
  /** Attributes that find the object again. The import text is their values with `/` between. */
  readonly attributes: readonly (keyof S & string)[];
  /** The object may get another identity while it is updated, as a rotated key does. */
  readonly mayChange?: boolean;
}

/** Declares a resource. The callbacks are checked against the schema here; afterwards all resources are of one type. */
export const resource =
  <Data>() =>
  <S extends Shape>(definition: Resource<S, Data>): Resource =>
    definition as unknown as Resource;

/** The path of a resource's attribute, for a diagnostic. */
export const at = (name: string): Path => [{ kind: "attribute", name }];
