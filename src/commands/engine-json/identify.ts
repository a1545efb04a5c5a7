export type JsonObject = Readonly<Record<string, unknown>>;

/** Kind of a JSON document. */
export type Identified =
  /** `terraform show -json PLANFILE` */
  | { readonly kind: "plan"; readonly document: JsonObject }
  /** A state file: `terraform.tfstate`, or what `terraform state pull` prints. */
  | { readonly kind: "state file"; readonly document: JsonObject }
  /** `terraform show -json` of a state. An empty one has no `values`. */
  | { readonly kind: "shown state"; readonly document: JsonObject }
  | { readonly kind: "other"; readonly description: string };

export const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null && !Array.isArray(value);

/** Documents that have some fields of a plan or a state, or that are given in place of one, each by a field of its own. */
const OTHERS: readonly (readonly [field: string, description: string])[] = [
  ["provider_schemas", "what `terraform providers schema -json` prints"],
  ["diagnostics", "what `terraform validate -json` prints"],
  ["function_signatures", "what `terraform metadata functions -json` prints"],
  ["encrypted_data", "an encrypted state of OpenTofu"],
  ["@level", "a log, as `terraform plan -json` and `terraform apply -json` print it"],
  ["provider_selections", "what `terraform version -json` prints"],
  ["modules", "what `terraform modules -json` prints"],
];

const PLAN_FIELDS = ["planned_values", "resource_changes", "output_changes", "configuration", "prior_state"] as const;
const STATE_FILE_VERSION = 4;
/** What no other file with a version has. */
const STATE_FILE_FIELDS = ["lineage", "serial", "terraform_version"] as const;

/** Identifies a document by fields that only this kind has. If in doubt, it is something else. */
export function identify(value: unknown): Identified {
  if (!isObject(value)) return other(value === null ? "null" : Array.isArray(value) ? "a list" : `a ${typeof value}`);
  const named = OTHERS.find(([field]) => field in value);
  if (named) return other(named[1]);
  if ("format_version" in value) return identifyShown(value);
  if ("version" in value && STATE_FILE_FIELDS.some((field) => field in value)) return identifyStateFile(value);
  const fields = Object.keys(value);
  if (fields.length > 0 && fields.every((name) => isObject(value[name]) && "sensitive" in (value[name] as JsonObject)))
    return other("what `terraform output -json` prints");
  return other(
    fields.length === 0 ? "an empty object" : `JSON with the fields ${fields.slice(0, 5).join(", ")}${fields.length > 5 ? ", …" : ""}`,
  );
}

function identifyShown(document: JsonObject): Identified {
  const { format_version: format, values } = document;
  if (typeof format !== "string") return other("JSON whose format_version is not a string");
  const planned = PLAN_FIELDS.filter((field) => field in document);
  if (values !== undefined && planned.length > 0) return other("a mixture of a plan and a state");
  if (planned.length > 0)
    // Where nothing changes, an engine may leave its changes out, and says the rest all the same.
    return "resource_changes" in document || (isObject(document.planned_values) && isObject(document.configuration))
      ? { kind: "plan", document }
      : other("a part of a plan, without its resource_changes");
  if (values !== undefined) return isObject(values) ? { kind: "shown state", document } : other("a state whose values are not an object");
  const more = Object.keys(document).filter((field) => !["format_version", "terraform_version", "checks"].includes(field));
  return more.length === 0 ? { kind: "shown state", document } : other(`JSON of an engine with the fields ${more.slice(0, 5).join(", ")}`);
}

function identifyStateFile(document: JsonObject): Identified {
  const { version, resources } = document;
  if (version !== STATE_FILE_VERSION) return other(`a state file of version ${JSON.stringify(version) ?? "unknown"}`);
  return Array.isArray(resources) ? { kind: "state file", document } : other("a part of a state file, without its resources");
}

const other = (description: string): Identified => ({ kind: "other", description });
