import type { MessageOf } from "../../../src/bridge/protocol/wire/index.js";

/** What Terraform prints. */
export interface Told {
  readonly severity: "error" | "warning";
  readonly summary: string;
  readonly detail: string;
  readonly address?: string | undefined;
}

/** Collects what a command has to tell. */
export class Telling {
  readonly items: Told[] = [];
  /** Nobody hears what comes after Terraform was killed. */
  closed = false;

  get hasErrors(): boolean {
    return this.items.some(({ severity }) => severity === "error");
  }

  error(summary: string, detail: string, address?: string): void {
    this.#add([{ severity: "error", summary, detail, address }]);
  }

  /** Whether there is an error among them. */
  take(diagnostics: readonly MessageOf<"Diagnostic">[] | undefined, address?: string): boolean {
    const told = (diagnostics ?? []).map(
      ({ severity, summary = "", detail = "" }): Told => ({ severity: severity === 2 ? "warning" : "error", summary, detail, address }),
    );
    this.#add(told);
    return told.some(({ severity }) => severity === "error");
  }

  #add(told: readonly Told[]): void {
    if (!this.closed) this.items.push(...told);
  }
}
