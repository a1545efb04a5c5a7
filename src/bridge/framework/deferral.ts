import { DiagnosticError } from "./diagnostics.js";

/** Why something is put off to a later plan. */
export type DeferralReason = "resource configuration unknown" | "provider configuration unknown" | "absent prerequisite";

/** Puts off what cannot be decided yet, where the engine can: it then plans the rest, and this in a later round. */
export interface Deferral {
  /** Whether the engine can. Where it cannot, what is not known yet is to be tolerated. */
  readonly allowed: boolean;
  /** Ends the call with an error where it is not allowed. */
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
    if (!this.allowed)
      throw new DiagnosticError(
        "Invalid deferred response",
        "The provider puts this off to a later plan, which this engine did not allow. " +
          "This is a bug in the provider, which has to look at `deferral.allowed`. Please report it to its authors.",
      );
    this.#reason = reason;
  }
}
