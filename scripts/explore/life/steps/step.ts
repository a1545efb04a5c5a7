import type * as fc from "fast-check";
import type { Life } from "../life.js";

/** Plain data: what a person reads in a script, and what `--replay` takes. */
export interface Step {
  readonly do: string;
  readonly [argument: string]: unknown;
}

/** A kind of step: how it is drawn, when it can be, and what it does. */
export interface StepKind<A extends object> {
  /** How often it is drawn, beside the others. */
  readonly weight: number;
  readonly draw: fc.Arbitrary<A>;
  readonly isPossible?: (life: Life, args: A) => boolean;
  readonly play: (life: Life, args: A) => void | Promise<void>;
}

/** Kinds of all arguments in one table. */
export const step = <A extends object>(kind: StepKind<A>): StepKind<object> => kind as unknown as StepKind<object>;

export type Steps = Readonly<Record<string, StepKind<object>>>;
