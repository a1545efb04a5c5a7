import type { Endpoint } from "./endpoint.js";
import type { IntegrationApiError } from "./errors.js";

const FIRST_DELAY_MS = 250;
const MAX_DELAY_MS = 10_000;
/** A server that asks for more patience than this is answered with the error. */
const MAX_RETRY_AFTER_MS = 60_000;

export interface RetryTools {
  sleep(milliseconds: number): Promise<void>;
  /** From 0 up to 1. */
  random(): number;
}

/**
 * Milliseconds to wait before the next attempt; undefined: give up.
 * What was refused before the server acted (429) may always be sent again; what may have had an effect only where repeating it does no more.
 */
export function delayBeforeRetry(
  error: IntegrationApiError,
  endpoint: Endpoint,
  attempt: number,
  maxRetries: number,
  random: () => number,
): number | undefined {
  if (attempt >= maxRetries) return undefined;
  const safe = error.code === "rate_limited" || (endpoint.repeatable && isPassing(error));
  if (!safe) return undefined;
  const { retryAfterMs } = error.details;
  if (retryAfterMs !== undefined) return retryAfterMs <= MAX_RETRY_AFTER_MS ? retryAfterMs : undefined;
  return random() * Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt);
}

/** Faults that a moment may cure. A 500 of this server is its answer to what it cannot do, and stays one. */
function isPassing({ code, details }: IntegrationApiError): boolean {
  if (code === "timeout" || code === "connection_lost" || code === "unreachable") return true;
  return details.status === 502 || details.status === 503 || details.status === 504;
}

/** Seconds or an HTTP date. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000;
  const date = Date.parse(header);
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
