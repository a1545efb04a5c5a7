import type * as z from "zod";
import type { Path, Value } from "../cty/index.js";
import type { Deferral } from "./deferral.js";
import type { Diagnostics } from "./diagnostics.js";
import type { IdentityData } from "./object-identity.js";
import type { PrivateState } from "./private-state.js";
import type { Config, Planned, Settled, State } from "./schema/attribute.js";

/** The attributes of a schema by name, each a zod schema that is declared with who gives its value. */
export type Shape = Readonly<Record<string, z.ZodType>>;

/** What every callback is given beside its values. */
export interface CallbackContext<Data> {
  /** What the provider's `configure` returned. */
  readonly provider: Data;
  readonly diagnostics: Diagnostics;
  /**
   * Aborted when nothing new may be begun: Terraform stops the provider (its user pressed Ctrl-C), gives the call up or is gone, or the
   * user's `timeouts` end. What is in flight is to be finished: look at the signal before each step, and give it to whatever only waits
   * or reads, never to a request that changes something. What the callback then returns, or had saved before it throws, is stored.
   * Its `reason` is the error to throw, as `throwIfAborted` does.
   */
  readonly signal: AbortSignal;
  /**
   * Aborted when nobody takes the answer any more: Terraform was killed, or gave the call up. Nothing that is returned or saved is
   * stored then, so what was begun is to be undone. `signal` is aborted as well; it may have been so before.
   */
  readonly abandoned: AbortSignal;
}

/** What the callbacks of a resource are given beside that. */
export interface ObjectContext<Data> extends CallbackContext<Data> {
  readonly private: PrivateState;
  /** Only of use where the resource's identity has a schema of its own. */
  readonly identityData: IdentityData;
}

/** A configuration before anything is planned: what comes from other resources is unknown. */
export interface ValidateContext<S extends Shape> {
  readonly config: Config<S>;
  readonly diagnostics: Diagnostics;
}

/** What a resource's plan is made of. */
export interface PlanContext<S extends Shape, Data> extends ObjectContext<Data> {
  readonly config: Config<S>;
  /** `null`: the object is to be created. */
  readonly prior: State<S> | null;
  /** The plan so far, to be changed in place: defaults, unknown and kept values are in it. */
  readonly planned: Planned<S>;
  readonly deferral: Deferral;
  /** Makes the plan a replacement because of this attribute, beside those that are declared with `replace`. */
  requireReplace(...names: (keyof S & string)[]): void;
}

/** What is to be destroyed. */
export interface PlanDestroyContext<S extends Shape, Data> extends ObjectContext<Data> {
  readonly prior: State<S>;
}

/** A write that fails half-way says with `save` what it had done; that is what Terraform stores beside the error. */
export interface WriteContext<S extends Shape, Data> extends ObjectContext<Data> {
  readonly config: Config<S>;
  readonly planned: Settled<S>;
  /** What Terraform stores if the callback throws afterwards. */
  save(state: State<S>): void;
}

/** What an update is given. */
export interface UpdateContext<S extends Shape, Data> extends WriteContext<S, Data> {
  readonly prior: State<S>;
}

/** What a delete is given. */
export interface StateContext<S extends Shape, Data> extends ObjectContext<Data> {
  readonly state: State<S>;
}

/** What a read is given. */
export interface ReadContext<S extends Shape, Data> extends StateContext<S, Data> {
  readonly deferral: Deferral;
}

/** What an import is given. */
export interface ImportContext<S extends Shape, Data> extends ObjectContext<Data> {
  /** The attributes of the resource's `identity`, from the import text or the import block's identity. */
  readonly identity: Partial<State<S>>;
  readonly deferral: Deferral;
}

/** An object of another resource type, of this or another provider, that a `moved` block makes one of this type. */
export interface MoveContext<Data> extends ObjectContext<Data> {
  readonly source: {
    /** Such as `registry.terraform.io/hashicorp/random`. */
    readonly providerAddress: string;
    readonly typeName: string;
    readonly schemaVersion: number;
    /** As it is stored: nothing is known of its schema. */
    readonly state: Stored;
    readonly identity: Stored | undefined;
    readonly private: Uint8Array;
  };
}

/** State to be fitted to today's schema. */
export interface UpgradeContext {
  /** As the earlier version stored it. */
  readonly state: Stored;
  readonly diagnostics: Diagnostics;
}

/** Stored values by name; a number that a binary64 cannot hold is a Decimal. */
export type Stored = Readonly<Record<string, Value>>;

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
  /** Checks across attributes; each attribute's own checks are its schema's. */
  validate?(context: ValidateContext<S>): void;
  /** Changes the plan that the schema gave. Not called for a destroy. */
  plan?(context: PlanContext<S, Data>): void | Promise<void>;
  /** Refuses a destroy, or warns of it, before anything is lost. */
  planDestroy?(context: PlanDestroyContext<S, Data>): void | Promise<void>;
  /** Every attribute, wholly known; those that were planned as they were planned. */
  create(context: WriteContext<S, Data>): Promise<State<S>>;
  /** The object as it is now. `null` takes it out of the state, so only for what is certainly gone. */
  read(context: ReadContext<S, Data>): Promise<State<S> | null>;
  /** Absent: every attribute of the configuration replaces. */
  update?(context: UpdateContext<S, Data>): Promise<State<S>>;
  /** What is gone already is deleted. */
  delete(context: StateContext<S, Data>): Promise<void>;
  /** The state of an object that exists; `null` where there is none. */
  import?(context: ImportContext<S, Data>): Promise<State<S> | null>;
  /** `undefined`: such an object cannot become one of this type. */
  move?(context: MoveContext<Data>): State<S> | undefined | Promise<State<S> | undefined>;
  /** Fits state that an earlier `version` stored to today's schema, each straight to it. */
  readonly upgrades?: Readonly<Record<number, (context: UpgradeContext) => State<S> | Promise<State<S>>>>;
  /** `plan` runs although the provider itself is deferred. */
  readonly planWhenDeferred?: boolean;
}

/** What finds an object again: attributes of its resource, or values of an own schema, which Terraform keeps beside the state. */
export type Identity<S extends Shape = Shape> = (
  | {
      /** The import text is their values with `/` between. */
      readonly attributes: readonly (keyof S & string)[];
      /** Those that an import may leave out, the last ones. */
      readonly optional?: readonly (keyof S & string)[];
    }
  | {
      /** Its optional attributes may be left out by an import. */
      readonly schema: z.ZodObject;
    }
) & {
  /** The object may get another identity while it is updated, as a rotated key does. */
  readonly mayChange?: boolean;
};

/** Declares a resource. The callbacks are checked against the schema here; afterwards all resources are of one type. */
export const resource =
  <Data>() =>
  <S extends Shape>(definition: Resource<S, Data>): Resource =>
    definition as unknown as Resource;

/** The path of a resource's attribute, for a diagnostic. */
export const at = (name: string): Path => [{ kind: "attribute", name }];
