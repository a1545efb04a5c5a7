export const EXIT = { ok: 0, failed: 1, usage: 2, otherChanges: 3, interrupted: 130 } as const;

export const EXIT_CODES_HELP = `
Exit codes:
  ${EXIT.ok}    done
  ${EXIT.failed}    failed; stderr says why and what to do
  ${EXIT.usage}    wrong usage
  ${EXIT.otherChanges}    plan-check: something else changes
  ${EXIT.interrupted}  interrupted`;
