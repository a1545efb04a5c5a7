/** Why something is put off to a later plan. */
export type DeferralReason = "resource configuration unknown" | "provider configuration unknown" | "absent prerequisite";

/** Puts off what cannot be decided yet, where the engine can: it then plans the rest, and this in a later round. */
export interface Deferral {
  readonly allowed: boolean;
  /** Does nothing where it is not allowed. */
  defer(reason: DeferralReason): void;
}

/** What became of a call: the reason why it is put off, if it is. */
export class CallDeferral implements Deferral {
  #reason: DeferralReason | undefined;

  constructor(
    readonly allowed: boolean,
    reason?: DeferralReason,
  ) {
    this.#reason = allowed ? reason : undefined;
  }

  get reason(): DeferralReason | undefined {
    return this.#reason;
  }

  defer(reason: DeferralReason): void {
    if (this.allowed) this.#reason = reason;
  }
}
