import { DiagnosticError } from "./diagnostics.js";

/** Why something is deferred to a later plan. */
export type DeferralReason = "resource configuration unknown" | "provider configuration unknown" | "absent prerequisite";

/** Defers what cannot be decided yet, if Terraform allows it: it plans the rest now and this in a later round. */
export interface Deferral {
  /** Whether Terraform allows deferral. If not, tolerate unknown values. */
  readonly allowed: boolean;
  /** Defers. Ends the call with an error if that is not allowed. */
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
