import { Diagnostics } from "../diagnostics.js";
import type { Attribute, Schema } from "./schema.js";
import { validateValue } from "./validate-value.js";

/** Names that Terraform's language keeps for itself in a resource or data block. */
const RESERVED = new Set(["connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner"]);

/** Names that shadow a member of every generated CDKTF class. */
const SHADOWS = new Set(["cdktf_stack", "fqn", "friendly_unique_id", "node", "raw_overrides", "terraform_resource_type", "to_string"]);

const NAME = /^[a-z][a-z0-9_]*$/;

/**
 * What a schema breaks of the framework's rules, one sentence each with the attribute's path.
 * A test of a provider calls this for all that it has, so that its users never meet these.
 */
export function brokenRules(typeName: string, schema: Schema): string[] {
  const found: string[] = [];
  if (schema.description.trim() === "") found.push(`${typeName}: has no description`);
  for (const attribute of Object.values(schema.attributes)) {
    if (RESERVED.has(attribute.name)) found.push(`${typeName}.${attribute.name}: Terraform reserves this name`);
    visit(attribute, `${typeName}.${attribute.name}`, found, false);
  }
  return found;
}

function visit(attribute: Attribute, path: string, found: string[], inSet: boolean): void {
  const { name, nested, required, optional, computed, replace, useStateForUnknown } = attribute;
  if (!NAME.test(name)) found.push(`${path}: a name is lower-case letters, digits and underscores, and starts with a letter`);
  if (SHADOWS.has(name)) found.push(`${path}: the name shadows a member of every CDKTF class`);
  if (attribute.description.trim() === "") found.push(`${path}: has no description`);
  if (attribute.default !== undefined && !(optional && computed)) found.push(`${path}: only optionalComputed() may have a default`);
  if (replace && computed && !optional) found.push(`${path}: only what the configuration gives can replace`);
  if (useStateForUnknown && (required || !computed)) found.push(`${path}: useStateForUnknown is only for what the provider computes`);
  if (attribute.writeOnly && (computed || replace)) found.push(`${path}: what is write-only can be neither computed nor replace`);
  if (attribute.default !== undefined && !nested) {
    const diagnostics = new Diagnostics();
    validateValue(attribute.zod, attribute.default, diagnostics, []);
    for (const { detail } of diagnostics.items) found.push(`${path}: its own schema refuses its default: ${detail}`);
  }
  // Members of a set are told apart by their values, and stored ones lack those that are write-only.
  if (attribute.writeOnly && inSet) found.push(`${path}: nothing in a set can be write-only`);
  for (const member of Object.values(nested?.attributes ?? {}))
    visit(member, `${path}.${member.name}`, found, inSet || nested?.nesting === "set");
}

/**
 * Class names that the CDKTF generator would have to change, since it gives each class one name and appends an "A" to the second.
 * Such a class is renamed by whatever resource is added before it in the alphabet: a breaking change for its users.
 */
export function collidingClassNames(resources: Readonly<Record<string, Schema>>, providerName: string): string[] {
  const owners = new Map<string, string[]>();
  const claim = (className: string, owner: string) => owners.set(className, [...(owners.get(className) ?? []), owner]);
  for (const [typeName, schema] of Object.entries(resources)) {
    const base = pascalCase(
      typeName.replace(new RegExp(`^(data_)?${providerName}_`), (_, data?: string) => (data ? `data_${providerName}_` : "")),
    );
    claim(base, typeName);
    claim(`${base}Config`, typeName);
    claimNested(base, schema.attributes, typeName, claim);
  }
  return [...owners].filter(([, who]) => who.length > 1).map(([className, who]) => `${className}: ${who.join(", ")}`);
}

function claimNested(
  base: string,
  attributes: Readonly<Record<string, Attribute>>,
  owner: string,
  claim: (className: string, owner: string) => void,
): void {
  for (const { name, nested } of Object.values(attributes)) {
    if (!nested) continue;
    const className = base + pascalCase(name);
    claim(className, `${owner}.${name}`);
    claimNested(className, nested.attributes, `${owner}.${name}`, claim);
  }
}

const pascalCase = (name: string): string => name.replace(/(?:^|_)([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
