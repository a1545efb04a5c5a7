import type { Path } from "../cty/index.js";
import type { Diagnostic } from "../framework/diagnostics.js";
import type { MessageOf } from "./wire/index.js";

const SEVERITY = { error: 1, warning: 2 } as const;

export const diagnosticsTo = (diagnostics: readonly Diagnostic[]): MessageOf<"Diagnostic">[] =>
  diagnostics.map(({ severity, summary, detail, path }) => ({
    severity: SEVERITY[severity],
    summary: printable(summary),
    detail: printable(detail),
    ...(path && { attribute: pathTo(path) }),
  }));

/** The protocol has no step into a set, so the path ends at the set. */
export function pathTo(path: Path): MessageOf<"AttributePath"> {
  const steps: MessageOf<"AttributePath.Step">[] = [];
  for (const step of path) {
    if (step.kind === "element") break;
    if (step.kind === "attribute") steps.push({ attributeName: step.name });
    else if (step.kind === "key") steps.push({ elementKeyString: step.key });
    else steps.push({ elementKeyInt: step.index });
  }
  return { steps };
}

/** Texts of a server may hold anything; control characters would reach the user's terminal. */
const printable = (text: string): string => text.replace(/(?![\t\n])\p{Cc}/gu, "\uFFFD").toWellFormed();
