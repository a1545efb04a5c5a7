import type { Answer } from "../../../src/sandbox/answers.js";
import { answer } from "../../../src/sandbox/pipeline.js";
import type { StoredKey } from "../../../src/sandbox/store.js";
import { type FaultKind, Faults } from "./faults.js";
import { RepeatableStore } from "./store.js";

export interface Asked {
  readonly method: string;
  /** With its query. */
  readonly url: string;
  readonly authorization: string | undefined;
  /** Parsed; undefined where there is none. */
  readonly body: unknown;
}

/** A write that reached the server, with or without an answer. */
export interface Write {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** The key that it was about. */
  readonly keyId: string | undefined;
  /** Whether the one who asked was told. */
  readonly told: boolean;
  readonly phase: Phase;
}

/** What Terraform is doing while it asks; `none`: it has ended, and the provider asks on. */
export type Phase = "validate" | "plan" | "apply" | "import" | "none";

/** What a request comes to, for the transport to play. */
export type Reply =
  | { readonly kind: "answer"; readonly answer: Answer; readonly cut?: boolean }
  | { readonly kind: "reset" }
  | { readonly kind: "refused" }
  | { readonly kind: "never" };

export const FIRST_ORG = "acme";
export const SECOND_ORG = "umbra";
const FIRST_SUBNETS = { subnet: "100.90.0.0/24", utilitySubnet: "100.96.128.0/24" };

export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: number;
  advance(milliseconds: number): void;
}

/** How long the server takes for a request: no two keys are of the same moment. */
const REQUEST_MS = 7;

/** A Pangolin with all that an observer may want to know of it. The endpoint that it answers at is anybody's choice. */
export class Pangolin {
  readonly store: RepeatableStore;
  readonly faults = new Faults();
  readonly writes: Write[] = [];
  requests = 0;
  phase: Phase = "none";
  /** The root key that the provider is to use. */
  rootKey: string;
  #rootKeys = 0;

  constructor(
    seed: number,
    readonly clock: Clock,
  ) {
    this.store = new RepeatableStore(seed);
    this.rootKey = this.newRootKey();
    for (const orgId of [FIRST_ORG, SECOND_ORG]) this.createOrg(orgId);
  }

  readonly now = (): Date => new Date(this.clock.now);

  /** What a person does as the server's administrator: another root key, and the one before it is gone. */
  newRootKey(): string {
    if (this.#rootKeys > 0) this.store.removeKey(this.rootKey.split(".")[0] ?? "");
    this.#rootKeys++;
    const token = `root${String(this.#rootKeys).padStart(11, "0")}.${"r".repeat(36)}${String(this.#rootKeys).padStart(4, "0")}`;
    this.store.seedRootKey(token, this.now());
    this.rootKey = token;
    return token;
  }

  get root(): StoredKey {
    const key = this.store.key(this.rootKey.split(".")[0] ?? "");
    if (!key) throw new Error("The root key is gone.");
    return key;
  }

  createOrg(orgId: string): void {
    if (this.store.org(orgId)) return;
    const made = this.#asAdministrator("PUT", "/v1/org", { orgId, name: orgId, ...FIRST_SUBNETS });
    if (made.status !== 201) throw new Error(`The organization ${orgId} was not made: ${made.body}`);
  }

  /** A key that a person makes in the dashboard. */
  mintAsPerson(orgId: string, name: string, actions: readonly string[]): string {
    const { data } = JSON.parse(this.#asAdministrator("PUT", `/v1/org/${orgId}/api-key`, { name }).body) as { data: { apiKeyId: string } };
    const key = this.store.key(data.apiKeyId);
    if (!key) throw new Error("A key that was just minted is gone.");
    key.actions = [...actions];
    return data.apiKeyId;
  }

  #asAdministrator(method: string, url: string, body: unknown): Answer {
    const administrator = "administrator0";
    this.store.seedRootKey(`${administrator}.secret`, this.now());
    try {
      return answer({ method, url, authorization: `Bearer ${administrator}.secret`, body }, this.store, this.now());
    } finally {
      this.store.removeKey(administrator);
    }
  }

  tokenWorks(token: string): boolean {
    const [id = "", secret = ""] = token.split(".");
    return this.store.key(id) !== undefined && this.store.secrets.get(id) === secret;
  }

  /** Answers a request, or does to it what the fault says. */
  receive(asked: Asked, fault: FaultKind | undefined): Reply {
    this.requests++;
    this.clock.advance(REQUEST_MS);
    const before = this.#before(fault);
    if (before) return before;
    const keysBefore = new Set(this.store.data.keys.map((key) => key.apiKeyId));
    const made = answer(asked, this.store, this.now());
    const reply = this.#after(fault, made);
    if (asked.method !== "GET") this.#record(asked, made, reply, keysBefore);
    return reply;
  }

  #before(fault: FaultKind | undefined): Reply | undefined {
    if (fault === "reset-before") return { kind: "reset" };
    if (fault === "refused") return { kind: "refused" };
    if (fault === "late-before") return { kind: "never" };
    const failed = fault && BEFORE[fault];
    return failed && { kind: "answer", answer: failed };
  }

  #after(fault: FaultKind | undefined, made: Answer): Reply {
    if (fault === "reset-after") return { kind: "reset" };
    if (fault === "late-after") return { kind: "never" };
    if (fault === "cut") return { kind: "answer", answer: made, cut: true };
    return { kind: "answer", answer: (fault && AFTER[fault]) || made };
  }

  #record({ method, url }: Asked, made: Answer, reply: Reply, keysBefore: ReadonlySet<string>): void {
    const path = url.split("?")[0] ?? "";
    const minted = this.store.data.keys.find((key) => !keysBefore.has(key.apiKeyId))?.apiKeyId;
    const keyId = minted ?? /\/api-key\/([^/]+)/.exec(path)?.[1];
    const told = reply.kind === "answer" && !reply.cut && reply.answer === made;
    this.writes.push({ method, path, status: made.status, keyId, told, phase: this.phase });
  }
}

const envelope = (status: number, message: string, headers: Readonly<Record<string, string>> = {}): Answer => ({
  status,
  headers: { "Content-Type": "application/json; charset=utf-8", ...headers },
  body: JSON.stringify({ data: null, success: false, error: true, message, status, stack: null }),
});
const html = (status: number, text: string): Answer => ({ status, headers: { "Content-Type": "text/html" }, body: text });

const BEFORE: Partial<Record<FaultKind, Answer>> = {
  "500-before": envelope(500, "An error occurred"),
  "503-html-before": html(503, "<html><body>Service unavailable</body></html>"),
  "403": envelope(403, "Key does not have permission perform this action"),
  "429": envelope(429, "Rate limit exceeded"),
  "429-retry-after": envelope(429, "Rate limit exceeded", { "Retry-After": "2" }),
  "html-200": html(200, "<!doctype html><title>Pangolin</title>"),
  "html-404": html(404, "<!DOCTYPE html><html><body><pre>Cannot GET</pre></body></html>"),
  "gateway-404": { status: 404, headers: { "Content-Type": "application/json" }, body: '{"message":"no Route matched with those values"}' },
};
const AFTER: Partial<Record<FaultKind, Answer>> = {
  "500-after": envelope(500, "An error occurred"),
  "502-html-after": html(502, "<html><body>Bad gateway</body></html>"),
};
