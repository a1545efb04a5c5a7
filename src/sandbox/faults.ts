/** Faults of a request, before or after it takes effect. A request that hangs is never answered. */
export type Fault =
  | "reset-before"
  | "reset-after"
  | "cut"
  | "error-before"
  | "error-after"
  | "hang-before"
  | "hang-after"
  | "html"
  | "html-404"
  | "rate-limit";

export interface FaultOptions {
  /** Delay of every answer in milliseconds. */
  readonly latencyMs?: number;
  /** Shares of requests, from 0 to 1, that end in a 500, in a reset connection, or in half an answer. */
  readonly errorRate?: number;
  readonly resetRate?: number;
  readonly cutRate?: number;
  /** Time to check a key in milliseconds, two at a time, like the real server's argon2. */
  readonly keyCheckMs?: number;
  /** Decides for a single request; for tests. */
  readonly decide?: (request: { readonly method: string; readonly path: string }) => Fault | undefined;
}

/** The fault of a request, if any; `random` is from 0 up to 1. */
export function faultOf(
  options: FaultOptions,
  request: { readonly method: string; readonly path: string },
  random: () => number,
): Fault | undefined {
  const decided = options.decide?.(request);
  if (decided) return decided;
  const { errorRate = 0, resetRate = 0, cutRate = 0 } = options;
  const draw = errorRate + resetRate + cutRate > 0 ? random() : 1;
  if (draw < errorRate) return "error-before";
  if (draw < errorRate + resetRate) return "reset-after";
  return draw < errorRate + resetRate + cutRate ? "cut" : undefined;
}
