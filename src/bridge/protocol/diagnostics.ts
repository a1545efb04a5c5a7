import type { Path, PathStep } from "../cty/index.js";
import type { Diagnostic } from "../framework/diagnostics.js";
import type { MessageOf } from "./wire/index.js";

const SEVERITY = { error: 1, warning: 2 } as const;

/** Never throws: what it tells of may have done what must not be lost. */
export const diagnosticsTo = (diagnostics: readonly Diagnostic[]): MessageOf<"Diagnostic">[] =>
  diagnostics.map(({ severity, summary, detail, path }) => ({
    severity: SEVERITY[severity] ?? SEVERITY.error,
    summary: printable(summary),
    detail: printable(detail),
    ...(Array.isArray(path) && { attribute: pathTo(path) }),
  }));

/** The protocol has no step into a set, so the path ends at the set, and at what is no step at all. */
export function pathTo(path: Path): MessageOf<"AttributePath"> {
  const steps: MessageOf<"AttributePath.Step">[] = [];
  for (const step of path) {
    const told = stepTo(step);
    if (!told) break;
    steps.push(told);
  }
  return { steps };
}

function stepTo(step: PathStep): MessageOf<"AttributePath.Step"> | undefined {
  if (step?.kind === "attribute" && typeof step.name === "string") return { attributeName: step.name };
  if (step?.kind === "key" && typeof step.key === "string") return { elementKeyString: step.key };
  if (step?.kind === "index" && Number.isSafeInteger(step.index)) return { elementKeyInt: step.index };
  return undefined;
}

/** Texts of a server may hold anything; control characters would reach the user's terminal. */
const printable = (text: unknown): string => (typeof text === "string" ? text : "").replace(/(?![\t\n])\p{Cc}/gu, "\uFFFD").toWellFormed();
