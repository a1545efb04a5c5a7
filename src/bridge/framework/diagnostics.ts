import type { Path } from "../cty/index.js";

/** Something to tell the user; an error ends the operation, a warning does not. */
export interface Diagnostic {
  readonly severity: "error" | "warning";
  /** A short, stable line: the same for every failure of a kind. */
  readonly summary: string;
  /** What happened and what to do about it. */
  readonly detail: string;
  readonly path?: Path;
}

/** Collects what a call has to tell. */
export class Diagnostics {
  readonly #items: Diagnostic[] = [];

  get items(): readonly Diagnostic[] {
    return this.#items;
  }

  get hasErrors(): boolean {
    return this.#items.some((item) => item.severity === "error");
  }

  /** In the order in which the user is to read them. */
  add(...items: readonly Diagnostic[]): void {
    this.#items.push(...items);
  }

  /** Tells of what ends the operation, and at which attribute. */
  error(summary: string, detail: string, path?: Path): void {
    this.add({ severity: "error", summary, detail, ...(path && { path }) });
  }

  /** Tells of what the user has to know although the operation goes on. */
  warning(summary: string, detail: string, path?: Path): void {
    this.add({ severity: "warning", summary, detail, ...(path && { path }) });
  }
}

/** Thrown where an operation cannot go on; the user sees exactly this. */
export class DiagnosticError extends Error {
  readonly diagnostic: Diagnostic;

  constructor(summary: string, detail: string, path?: Path) {
    super(`${summary}: ${detail}`);
    this.name = "DiagnosticError";
    this.diagnostic = { severity: "error", summary, detail, ...(path && { path }) };
  }
}

/** Gives a provider's own errors their words. `undefined`: not one of them. */
export type Diagnose = (error: unknown) => Diagnostic | undefined;

/** The summary of what a provider has no words for. */
export const UNEXPECTED = "Unexpected error in the provider";

/** The one place where something thrown becomes a diagnostic. */
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
