import type { Configuration } from "../terraform/configuration.js";
import type { Told } from "../terraform/diagnostics.js";
import type { PlanOptions } from "../terraform/plan.js";

export type Values = Readonly<Record<string, unknown>>;

/** An object as the state holds it. */
export interface InstanceView {
  readonly address: string;
  readonly values: Values;
  /** The provider's own facts, as text. */
  readonly private: string;
  readonly tainted: boolean;
}

export interface ChangeView {
  readonly action: "no-op" | "create" | "update" | "replace" | "delete";
  readonly before: Values | null;
}

/** What came of a command. */
export interface Outcome {
  readonly told: readonly Told[];
  readonly failed: boolean;
  readonly killed: boolean;
  /** By address; empty where no plan was made. */
  readonly changes: ReadonlyMap<string, ChangeView>;
  /** Whether a plan was made and has nothing to do. */
  readonly empty: boolean;
  /** What the refresh of the plan saw. */
  readonly refreshed: readonly InstanceView[];
}

/** A plan that was saved; each driver knows its own. */
export interface SavedPlan {
  readonly outcome: Outcome;
  readonly plan: unknown;
}

/** A Terraform to play a life with. */
export interface Driver {
  instances(): readonly InstanceView[];
  plan(configuration: Configuration, options?: PlanOptions): Promise<SavedPlan>;
  apply(configuration: Configuration, options?: PlanOptions, saved?: SavedPlan): Promise<Outcome>;
  import(configuration: Configuration, address: string, id: string): Promise<Outcome>;
  stateRm(address: string): Promise<void>;
  taint(address: string): Promise<void>;
  /** At the end of the life. */
  close(): Promise<void>;
}
