/** Part of a plan that is not a scheduled rotation, or not understood. */
export interface Finding {
  /** An address, or the part of the plan. */
  readonly subject: string;
  /** What was seen. */
  readonly text: string;
  /** Argument of --allow that permits it, if there is one. */
  readonly allow?: string;
}
