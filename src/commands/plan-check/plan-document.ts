import * as z from "zod";
import type { JsonObject } from "../engine-json/identify.js";
import type { Finding } from "./finding.js";

const change = z.strictObject({
  actions: z.array(z.string()).min(1),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
  after_unknown: z.unknown().optional(),
  before_sensitive: z.unknown().optional(),
  after_sensitive: z.unknown().optional(),
  replace_paths: z.unknown().optional(),
  importing: z.unknown().optional(),
  generated_config: z.unknown().optional(),
  before_identity: z.unknown().optional(),
  after_identity: z.unknown().optional(),
});
export type Change = z.output<typeof change>;

const resourceChange = z.strictObject({
  address: z.string(),
  previous_address: z.string().optional(),
  module_address: z.string().optional(),
  mode: z.string(),
  type: z.string(),
  name: z.string(),
  index: z.unknown().optional(),
  provider_name: z.string().optional(),
  deposed: z.string().optional(),
  change,
  action_reason: z.string().optional(),
});
export type ResourceChange = z.output<typeof resourceChange>;

const check = z.looseObject({ address: z.looseObject({ to_display: z.string() }), status: z.string() });

/** Fields in which nothing is said that an apply would do, or that are read below. */
const KNOWN_FIELDS = new Set([
  "applyable",
  "checks",
  "complete",
  "configuration",
  "errored",
  "format_version",
  "output_changes",
  "planned_values",
  "prior_state",
  "relevant_attributes",
  "resource_changes",
  "resource_drift",
  "terraform_version",
  "timestamp",
  "variables",
]);
/** Those of Terraform to 1.15 and OpenTofu to 1.12. A later one may say what is not looked at here. */
const KNOWN_FORMATS: readonly unknown[] = ["1.0", "1.1", "1.2"];

/** A plan in parts. Whatever of it is not understood is a finding. */
export class PlanDocument {
  readonly findings: Finding[] = [];
  readonly changes: readonly ResourceChange[];
  readonly drift: readonly ResourceChange[];
  readonly outputs: ReadonlyMap<string, Change>;

  constructor(readonly document: JsonObject) {
    this.#lookAtTheWhole();
    this.changes = this.#parseAll("resource_changes", resourceChange);
    this.drift = this.#parseAll("resource_drift", resourceChange);
    this.outputs = new Map(
      Object.entries(this.#object("output_changes")).flatMap(([name, entry]) => {
        const parsed = this.#parse(`output.${name}`, entry, change);
        return parsed ? [[name, parsed]] : [];
      }),
    );
    // Unknown: it is decided at apply, since it depends on what a rotation makes.
    for (const { address, status } of this.#parseAll("checks", check))
      if (status !== "pass" && status !== "unknown") this.#find(address.to_display, `a check with the status ${status}`);
  }

  #lookAtTheWhole(): void {
    const { format_version: format, errored, complete } = this.document;
    if (!KNOWN_FORMATS.includes(format))
      this.#find("plan", `its format is ${JSON.stringify(format)}, and this release knows ${KNOWN_FORMATS.join(", ")}`);
    if (errored !== undefined && errored !== false) this.#find("plan", "planning ended with an error");
    if (complete !== undefined && complete !== true) this.#find("plan", "it is not complete, as with -target or deferred changes");
    for (const [field, value] of Object.entries(this.document))
      if (!KNOWN_FIELDS.has(field) && !isEmpty(value)) this.#find("plan", `it has ${field}, which no rotation has`);
  }

  #parseAll<T>(field: string, schema: z.ZodType<T>): T[] {
    const list = this.document[field] ?? [];
    if (!Array.isArray(list)) {
      this.#find("plan", `its ${field} are not a list`);
      return [];
    }
    return list.flatMap((entry: unknown, index) => this.#parse(`${field}[${index}]`, entry, schema) ?? []);
  }

  #parse<T>(subject: string, entry: unknown, schema: z.ZodType<T>): T | undefined {
    const { success, data, error } = schema.safeParse(entry);
    if (success) return data;
    const issues = error.issues.map(({ path, message }) => (path.length > 0 ? `${path.join(".")}: ${message}` : message));
    this.#find(addressOf(entry) ?? subject, `not understood (${issues.join("; ")})`);
    return undefined;
  }

  #object(field: string): JsonObject {
    const value = this.document[field] ?? {};
    if (typeof value === "object" && !Array.isArray(value)) return value as JsonObject;
    this.#find("plan", `its ${field} are not an object`);
    return {};
  }

  #find(subject: string, text: string): void {
    this.findings.push({ subject, text });
  }
}

const isEmpty = (value: unknown): boolean =>
  value === null || value === false || (typeof value === "object" && Object.keys(value as object).length === 0);

function addressOf(entry: unknown): string | undefined {
  const address = (entry as { readonly address?: unknown } | null)?.address;
  return typeof address === "string" ? address : undefined;
}
