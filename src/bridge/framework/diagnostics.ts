import type { Path } from "../cty/index.js";

/** A message to the user. An error ends the operation, a warning does not. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** One short, stable line: the same for all failures of a kind. */
  readonly summary: string;
  /** What happened and what to do about it. */
  readonly detail: string;
  readonly path?: Path;
}

/** Collects the diagnostics of a call. */
export class Diagnostics {
  readonly #items: Diagnostic[] = [];

  get items(): readonly Diagnostic[] {
    return this.#items;
  }

  get hasErrors(): boolean {
    return this.#items.some((item) => item.severity === "error");
  }

  /** In the order in which the user should read them. */
  add(...items: readonly Diagnostic[]): void {
    this.#items.push(...items);
  }

  /** Adds an error, with the path of the attribute. */
  error(summary: string, detail: string, path?: Path): void {
    this.add({ severity: "error", summary, detail, ...(path && { path }) });
  }

  /** Adds a warning. The operation goes on. */
  warning(summary: string, detail: string, path?: Path): void {
    this.add({ severity: "warning", summary, detail, ...(path && { path }) });
  }
}

/** Ends the operation with an error. The user sees exactly this summary and detail. */
export class DiagnosticError extends Error {
  readonly diagnostic: Diagnostic;

  constructor(summary: string, detail: string, path?: Path) {
    super(`${summary}: ${detail}`);
    this.name = "DiagnosticError";
    this.diagnostic = { severity: "error", summary, detail, ...(path && { path }) };
  }
}

/** Turns a provider's own errors into diagnostics. Returns `undefined` for any other error. */
export type Diagnose = (error: unknown) => Diagnostic | undefined;

/** The summary of what a provider has no words for. */
export const UNEXPECTED = "Unexpected error in the provider";

/** The only place where a thrown value becomes a diagnostic. */
export function diagnosticOf(error: unknown, diagnose?: Diagnose): Diagnostic {
  if (error instanceof DiagnosticError) return error.diagnostic;
  // What waits with a signal throws an error of its own, and the reason of the abort as its cause.
  if (error instanceof Error && error.name === "AbortError" && error.cause !== undefined) return diagnosticOf(error.cause, diagnose);
  const known = wordsFor(error, diagnose);
  if (known) return known;
  const text = error instanceof Error ? `${error.name}: ${error.message}` : "A value that is not an error was thrown.";
  return {
    severity: "error",
    summary: UNEXPECTED,
    detail: `${text}\n\nThis is a bug in the provider. Please report it to its authors with the steps that lead here.`,
  };
}

/** Where the provider's own words fail, the error has those that every other has. */
function wordsFor(error: unknown, diagnose: Diagnose | undefined): Diagnostic | undefined {
  try {
    return diagnose?.(error);
  } catch {
    return undefined;
  }
}
