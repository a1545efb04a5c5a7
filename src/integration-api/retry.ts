import type { Endpoint } from "./endpoint.js";
import type { IntegrationApiError } from "./errors.js";

const FIRST_DELAY_MS = 250;
const MAX_DELAY_MS = 5_000;
/** Longest Retry-After that is honoured, in milliseconds. */
const MAX_RETRY_AFTER_MS = 60_000;

export interface RetryTools {
  /** Ends early when the signal is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>;
  /** From 0 up to 1. */
  random(): number;
  /** Milliseconds; only differences count. */
  now(): number;
}

/** While a retry is waited for, the timer is what keeps the process alive: it must not be `unref()`ed. */
export const RETRY_TOOLS: RetryTools = {
  sleep: (milliseconds, signal) =>
    new Promise((resolve) => {
      const done = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal.addEventListener("abort", done);
      if (signal.aborted) done();
    }),
  random: Math.random,
  now: () => performance.now(),
};

export interface RetryLimits {
  /** Maximum number of retries. 0 disables them. */
  readonly maxRetries: number;
  /** How long to wait for a server that cannot be reached. */
  readonly retryTimeoutMs: number;
}

/**
 * Decides whether a call is sent again, and when. What was never sent, or was refused before the server acted (429), may always be repeated; what
 * may have had an effect only where repeating it does no more. A fault of one call is repeated `maxRetries` times. A server that is away, as in a
 * restart, is waited for as long as the timeout says; that time counts from the first failure of any call, so that a server that stays away is
 * waited for once and not by every call again.
 */
export class RetryPolicy {
  #awaySince: number | undefined;

  constructor(
    readonly limits: RetryLimits,
    readonly tools: Pick<RetryTools, "random" | "now">,
  ) {}

  /** The server answered a call. */
  reached(): void {
    this.#awaySince = undefined;
  }

  /** Milliseconds to wait before the next attempt of a call; undefined: give up. `attempt` counts from 0. */
  delayAfter(error: IntegrationApiError, endpoint: Endpoint, attempt: number): number | undefined {
    const { maxRetries, retryTimeoutMs } = this.limits;
    const { retryAfterMs, neverSent = false } = error.details;
    const away = isAway(error);
    if (!away) this.reached();
    const now = this.tools.now();
    if (away) this.#awaySince ??= now;
    const patience = away ? (this.#awaySince ?? now) + retryTimeoutMs - now : 0;

    const safe = error.code === "rate_limited" || (isPassing(error) && (neverSent || endpoint.repeatable));
    if (!safe || maxRetries === 0 || (attempt >= maxRetries && patience <= 0)) return undefined;
    if (retryAfterMs !== undefined) return retryAfterMs <= MAX_RETRY_AFTER_MS ? retryAfterMs : undefined;
    const delay = this.tools.random() * Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt);
    // The last attempt is made when the patience ends.
    return attempt < maxRetries ? delay : Math.min(delay, patience);
  }
}

/** Nobody is there, or a gateway says that nobody is behind it. */
const isAway = ({ code, details }: IntegrationApiError): boolean => code === "unreachable" || isGatewayFault(details.status);

/** Temporary failures. A 500 of this server is usually permanent. */
const isPassing = (error: IntegrationApiError): boolean => isAway(error) || error.code === "timeout" || error.code === "connection_lost";

const isGatewayFault = (status: number | undefined): boolean => status === 502 || status === 503 || status === 504;

/** Seconds or an HTTP date. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
