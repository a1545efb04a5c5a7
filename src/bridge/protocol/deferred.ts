import type { DeferralReason } from "../framework/deferral.js";
import type { MessageOf } from "./wire/index.js";

/** The protocol's numbers. */
const REASONS: Readonly<Record<DeferralReason, number>> = {
  "resource configuration unknown": 1,
  "provider configuration unknown": 2,
  "absent prerequisite": 3,
};

export const deferredTo = (reason: DeferralReason | undefined): { readonly deferred?: MessageOf<"Deferred"> } =>
  reason === undefined ? {} : { deferred: { reason: REASONS[reason] } };
