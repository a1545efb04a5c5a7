import type * as z from "zod";
import type { Deferral } from "./deferral.js";
import type { CallbackContext, Shape, ValidateContext } from "./resource.js";
import type { Config } from "./schema/attribute.js";

/** What an action's plan is made of. */
export interface PlanActionContext<S extends Shape, Data> extends CallbackContext<Data> {
  /** Values of resources that are not applied yet are unknown. */
  readonly config: Config<S>;
  readonly deferral: Deferral;
}

/** What an invocation is given. */
export interface InvokeContext<S extends Shape, Data> extends CallbackContext<Data> {
  /** Wholly known: Terraform waits with the invocation until it is. */
  readonly config: Config<S>;
  /** Shown to the user while the action runs. */
  progress(message: string): void;
}

/** Something that Terraform does on an event of a resource, or when it is told to, and of which no state is kept. */
export interface Action<S extends Shape = Shape, Data = unknown> {
  readonly description: string;
  readonly schema: z.ZodObject<S>;
  readonly deprecated?: string;
  /** Checks across attributes; each attribute's own checks are its schema's. */
  validate?(context: ValidateContext<S>): void;
  /** Refuses or puts off an invocation before anything is done. */
  plan?(context: PlanActionContext<S, Data>): void | Promise<void>;
  /** Does it. What it throws is told to the user, and ends the apply that it belongs to. */
  invoke(context: InvokeContext<S, Data>): Promise<void>;
}

/** Declares an action. The callbacks are checked against the schema here; afterwards all actions are of one type. */
export const action =
  <Data>() =>
  <S extends Shape>(definition: Action<S, Data>): Action =>
    definition as unknown as Action;
