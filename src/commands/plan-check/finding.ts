/** Something in a plan that a scheduled rotation does not do, or that is not understood. */
export interface Finding {
  /** An address, or the part of the plan. */
  readonly subject: string;
  /** What was seen. */
  readonly text: string;
  /** What allows it, where something does. */
  readonly allow?: string;
}
