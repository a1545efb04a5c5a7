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

  get hasErrors(): boolean {
    return this.items.some(({ severity }) => severity === "error");
  }

  error(summary: string, detail: string, address?: string): void {
    this.items.push({ severity: "error", summary, detail, address });
  }

  /** Whether there is an error among them. */
  take(diagnostics: readonly MessageOf<"Diagnostic">[] | undefined, address?: string): boolean {
    const told = (diagnostics ?? []).map(
      ({ severity, summary = "", detail = "" }): Told => ({ severity: severity === 2 ? "warning" : "error", summary, detail, address }),
    );
    this.items.push(...told);
    return told.some(({ severity }) => severity === "error");
  }
}
