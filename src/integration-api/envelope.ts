/** Envelope of every answer of the Integration API. Only such an answer counts: gateways, dashboards and login pages return JSON too. */
export interface Envelope {
  readonly data: unknown;
  readonly success: boolean;
  readonly error: boolean;
  readonly message: string;
  /** Equals the status of the answer. */
  readonly status: number;
}

/** The envelope, or undefined where something else answered. A 404 of `checkId` is one, although it says `success: true`. */
export function envelopeOf(status: number, json: unknown): Envelope | undefined {
  if (typeof json !== "object" || json === null) return undefined;
  const found = json as Partial<Record<keyof Envelope, unknown>>;
  const isOne =
    "data" in found &&
    typeof found.success === "boolean" &&
    found.error === !found.success &&
    typeof found.message === "string" &&
    found.status === status;
  return isOne ? (found as unknown as Envelope) : undefined;
}

/** What the text of an answer holds as JSON, by its content type; undefined: no JSON. */
export function jsonOf(contentType: string | undefined, text: string): unknown {
  if (!/^application\/json\b/i.test(contentType ?? "")) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
