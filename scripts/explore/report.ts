import type { ExploreReport, ReportedFind } from "./explore.js";

/** A find as a person can play it again. */
export const textOf = ({ seed, law, message, script }: ReportedFind): string =>
  [
    `FOUND: ${law}`,
    `  ${message}`,
    `  Save these steps to a file and play them with npm run explore -- --seed ${seed} --replay FILE`,
    "[",
    script.map((step) => `  ${JSON.stringify(step)}`).join(",\n"),
    "]",
  ].join("\n");

/** Which steps were played how often, and in the last line how much it was. */
export function summaryOf({ lives, steps, applies, faults, requests, finds, coverage }: ExploreReport): string[] {
  return [
    ...coverage.lines(),
    `${lives} lives, ${steps} steps, ${applies} applies, ${requests} requests, ${faults} faults, ${finds.length} finds`,
  ];
}
