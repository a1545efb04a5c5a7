/** What a request meets: by an answer that is none, by an answer that never comes, or by the end of who asked. */
export const FAULTS = [
  "500-before",
  "500-after",
  "503-html-before",
  "502-html-after",
  "403",
  "429",
  "429-retry-after",
  "html-200",
  "html-404",
  "gateway-404",
  "reset-before",
  "reset-after",
  "cut",
  "refused",
  "late-before",
  "late-after",
  "kill-provider-before",
  "kill-provider-after",
  "kill-terraform-before",
  "kill-terraform-after",
  "interrupt",
] as const;
export type FaultKind = (typeof FAULTS)[number];

/** Which requests a fault counts. */
export const TARGETS = ["any", "write", "mint", "grant", "delete", "list", "read permissions", "read organization"] as const;
export type Target = (typeof TARGETS)[number];

export interface Fault {
  readonly kind: FaultKind;
  readonly on: Target;
  /** How many such requests pass before it. */
  readonly after: number;
  /** How many it hits; null: all, until the server is healed. */
  readonly times: number | null;
}

interface Asked {
  readonly method: string;
  readonly path: string;
}

const MATCHES: Readonly<Record<Target, (request: Asked) => boolean>> = {
  any: () => true,
  write: ({ method }) => method !== "GET",
  mint: ({ method, path }) => method === "PUT" && /\/api-key$/.test(path),
  grant: ({ method, path }) => method === "POST" && /\/actions$/.test(path),
  delete: ({ method }) => method === "DELETE",
  list: ({ method, path }) => method === "GET" && /\/api-keys$/.test(path),
  "read permissions": ({ method, path }) => method === "GET" && /\/actions$/.test(path),
  "read organization": ({ method, path }) => method === "GET" && /\/org\/[^/]+$/.test(path),
};

/** Faults that wait for their requests. */
export class Faults {
  #waiting: { readonly fault: Fault; seen: number; hits: number }[] = [];
  injected = 0;

  add(faults: readonly Fault[]): void {
    this.#waiting.push(...faults.map((fault) => ({ fault, seen: 0, hits: 0 })));
  }

  /** Ends those that belong to one command only; what is for ever stays. */
  endOfCommand(): void {
    this.#waiting = this.#waiting.filter(({ fault }) => fault.times === null);
  }

  heal(): void {
    this.#waiting = [];
  }

  get any(): boolean {
    return this.#waiting.length > 0;
  }

  /** What this request meets, if anything; the first that is due. */
  meet(request: Asked): FaultKind | undefined {
    let met: FaultKind | undefined;
    for (const entry of this.#waiting) {
      const { fault } = entry;
      if (!MATCHES[fault.on](request)) continue;
      entry.seen++;
      if (met !== undefined || entry.seen <= fault.after || (fault.times !== null && entry.hits >= fault.times)) continue;
      entry.hits++;
      met = fault.kind;
    }
    if (met !== undefined) this.injected++;
    return met;
  }
}
