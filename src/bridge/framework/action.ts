import type * as z from "zod";
import type { Deferral } from "./deferral.js";
import type { CallbackContext, Shape, ValidateContext } from "./resource.js";
import type { Config } from "./schema/attribute.js";

/** What the `plan` callback of an action gets. */
export interface PlanActionContext<S extends Shape, Data> extends CallbackContext<Data> {
  /** Values of resources that have not been applied yet are unknown. */
  readonly config: Config<S>;
  readonly deferral: Deferral;
}

/** What the `invoke` callback gets. */
export interface InvokeContext<S extends Shape, Data> extends CallbackContext<Data> {
  /** Wholly known: Terraform defers the invocation until it is. */
  readonly config: Config<S>;
  /** Shown to the user while the action runs. */
  progress(message: string): void;
}

/** An action: Terraform invokes it on an event of a resource or on request. It has no state. */
export interface Action<S extends Shape = Shape, Data = unknown> {
  readonly description: string;
  readonly schema: z.ZodObject<S>;
  readonly deprecated?: string;
  /** Checks across attributes. Checks of a single attribute belong to its zod schema. */
  validate?(context: ValidateContext<S>): void;
  /** Refuses or defers an invocation. */
  plan?(context: PlanActionContext<S, Data>): void | Promise<void>;
  /** Performs the action. An error that it throws fails the apply. */
  invoke(context: InvokeContext<S, Data>): Promise<void>;
}

/** Declares an action. The types of the callbacks are checked against the schema here. */
export const action =
  <Data>() =>
  <S extends Shape>(definition: Action<S, Data>): Action =>
    definition as unknown as Action;
