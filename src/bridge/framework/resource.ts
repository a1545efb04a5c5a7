import type * as z from "zod";
import type { Path, Value } from "../cty/index.js";
import type { Deferral } from "./deferral.js";
import type { Diagnostics } from "./diagnostics.js";
import type { IdentityData } from "./object-identity.js";
import type { PrivateState } from "./private-state.js";
import type { Config, Planned, Settled, State } from "./schema/attribute.js";

/** The attributes of a schema by name: zod schemas declared with `required`, `optional`, `computed`, `optionalComputed` or `block`. */
export type Shape = Readonly<Record<string, z.ZodType>>;

/** What every callback gets besides its values. */
export interface CallbackContext<Data> {
  /** What the provider's `configure` returned. */
  readonly provider: Data;
  readonly diagnostics: Diagnostics;
  /**
   * Aborted when nothing new may be started: Terraform stops the provider (Ctrl-C), cancels the call or has ended, or the
   * user's `timeouts` expire. Finish what is in flight. Check the signal before each step, and pass it to whatever only waits
   * or reads, but never to a request that changes something. What the callback then returns, or saved before it throws, is stored.
   * Its `reason` is the error to throw, as `throwIfAborted` does.
   */
  readonly signal: AbortSignal;
  /**
   * Aborted when nobody receives the response: Terraform was killed, or cancelled the call. Nothing that is returned or saved is
   * stored then, so undo what was started. `signal` is aborted as well, maybe earlier.
   */
  readonly abandoned: AbortSignal;
}

/** What the callbacks of a resource get besides that. */
export interface ObjectContext<Data> extends CallbackContext<Data> {
  readonly private: PrivateState;
  /** Only useful if the resource's identity has its own schema. */
  readonly identityData: IdentityData;
}

/** A configuration before planning: values from other resources are unknown. */
export interface ValidateContext<S extends Shape> {
  readonly config: Config<S>;
  readonly diagnostics: Diagnostics;
}

/** What the `plan` callback of a resource gets. */
export interface PlanContext<S extends Shape, Data> extends ObjectContext<Data> {
  readonly config: Config<S>;
  /** `null` when the object is created. */
  readonly prior: State<S> | null;
  /** The plan so far, to be modified in place. Defaults, unknown values and `useStateForUnknown` are applied. */
  readonly planned: Planned<S>;
  readonly deferral: Deferral;
  /** Plans a replacement because of this attribute, in addition to attributes declared with `replace`. */
  requireReplace(...names: (keyof S & string)[]): void;
}

/** The object to be destroyed. */
export interface PlanDestroyContext<S extends Shape, Data> extends ObjectContext<Data> {
  readonly prior: State<S>;
}

/** What a callback that writes gets. A write that fails half-way calls `save` with the partial state: Terraform stores it together with the error. */
export interface WriteContext<S extends Shape, Data> extends ObjectContext<Data> {
  readonly config: Config<S>;
  readonly planned: Settled<S>;
  /** Sets the state that Terraform stores if the callback throws afterwards. */
  save(state: State<S>): void;
}

/** What the `update` callback gets. */
export interface UpdateContext<S extends Shape, Data> extends WriteContext<S, Data> {
  readonly prior: State<S>;
}

/** What the `delete` callback gets. */
export interface StateContext<S extends Shape, Data> extends ObjectContext<Data> {
  readonly state: State<S>;
}

/** What the `read` callback gets. */
export interface ReadContext<S extends Shape, Data> extends StateContext<S, Data> {
  readonly deferral: Deferral;
}

/** What the `import` callback gets. */
export interface ImportContext<S extends Shape, Data> extends ObjectContext<Data> {
  /** The attributes of the resource's `identity`, from the import id or the identity in the import block. */
  readonly identity: Partial<State<S>>;
  readonly deferral: Deferral;
}

/** An object of another resource type, of this or another provider, that a `moved` block moves to this type. */
export interface MoveContext<Data> extends ObjectContext<Data> {
  readonly source: {
    /** Source address, such as `registry.terraform.io/hashicorp/random`. */
    readonly providerAddress: string;
    readonly typeName: string;
    readonly schemaVersion: number;
    /** The stored state. Its schema is not known. */
    readonly state: Stored;
    readonly identity: Stored | undefined;
    readonly private: Uint8Array;
  };
}

/** Stored state to upgrade to the current schema. */
export interface UpgradeContext {
  /** The state as the earlier version stored it. */
  readonly state: Stored;
  readonly diagnostics: Diagnostics;
}

/** Stored values by name. A number that float64 cannot represent is a Decimal. */
export type Stored = Readonly<Record<string, Value>>;

/**
 * A managed resource: one zod object and its callbacks. Without an optional callback, the resource lacks that capability.
 * `null` from `read` means that the object certainly no longer exists.
 */
export interface Resource<S extends Shape = Shape, Data = unknown> {
  readonly description: string;
  readonly schema: z.ZodObject<S>;
  /** Schema version. Increase it when the layout of the state changes. */
  readonly version?: number;
  readonly deprecated?: string;
  readonly identity?: Identity<S>;
  /** Checks across attributes. Checks of a single attribute belong to its zod schema. */
  validate?(context: ValidateContext<S>): void;
  /** Modifies the plan. Not called for a destroy. */
  plan?(context: PlanContext<S, Data>): void | Promise<void>;
  /** Refuses a planned destroy, or warns about it. */
  planDestroy?(context: PlanDestroyContext<S, Data>): void | Promise<void>;
  /** Returns all attributes, wholly known. Known planned values must be returned unchanged. */
  create(context: WriteContext<S, Data>): Promise<State<S>>;
  /** Returns the current object. `null` removes it from the state, so only for an object that certainly no longer exists. */
  read(context: ReadContext<S, Data>): Promise<State<S> | null>;
  /** Without it, a change of any argument replaces the object. */
  update?(context: UpdateContext<S, Data>): Promise<State<S>>;
  /** Must succeed for an object that no longer exists. */
  delete(context: StateContext<S, Data>): Promise<void>;
  /** Returns the state of an existing object, or `null` if there is none. */
  import?(context: ImportContext<S, Data>): Promise<State<S> | null>;
  /** Returns the state, or `undefined` if such an object cannot be moved to this type. */
  move?(context: MoveContext<Data>): State<S> | undefined | Promise<State<S> | undefined>;
  /** Upgraders by earlier `version`. Each upgrades to the current schema directly. */
  readonly upgrades?: Readonly<Record<number, (context: UpgradeContext) => State<S> | Promise<State<S>>>>;
  /** Call `plan` even if the provider itself is deferred. */
  readonly planWhenDeferred?: boolean;
}

/** Resource identity: attributes of the resource, or values of its own schema. Terraform stores it with the state. */
export type Identity<S extends Shape = Shape> = (
  | {
      /** The import id is their values, separated by `/`. */
      readonly attributes: readonly (keyof S & string)[];
      /** Attributes that an import may omit: the last ones. */
      readonly optional?: readonly (keyof S & string)[];
    }
  | {
      /** An import may omit its optional attributes. */
      readonly schema: z.ZodObject;
    }
) & {
  /** Whether an update may change the identity, as when a key is rotated. */
  readonly mayChange?: boolean;
};

/** Declares a resource. The types of the callbacks are checked against the schema here. */
export const resource =
  <Data>() =>
  <S extends Shape>(definition: Resource<S, Data>): Resource =>
    definition as unknown as Resource;

/** Attribute path for a diagnostic. */
export const at = (name: string): Path => [{ kind: "attribute", name }];
