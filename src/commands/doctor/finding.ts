/** Result of one check. */
export interface Finding {
  readonly subject: string;
  readonly state: "ok" | "warning" | "failed";
  readonly text: string;
  /** What to do. */
  readonly advice?: string;
}

export const ok = (subject: string, text: string): Finding => ({ subject, state: "ok", text });
export const warning = (subject: string, text: string, advice: string): Finding => ({ subject, state: "warning", text, advice });
export const failed = (subject: string, text: string, advice: string): Finding => ({ subject, state: "failed", text, advice });
