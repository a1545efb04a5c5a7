import type * as z from "zod";
import { checkConforms, isNull, isWhollyKnown, type Type, type Value } from "../../../cty/index.js";
import { Diagnostics } from "../../diagnostics.js";
import { millisecondsOf } from "../../types/time-text.js";
import type { Attribute, Schema } from "../schema.js";
import { traitsOf } from "../traits.js";
import { validateValue } from "../validate-value.js";

/** What a schema is of. Each has facts that mean nothing to the others, and names that Terraform's language keeps for itself in its block. */
export type SchemaKind = "provider" | "resource" | "data source" | "ephemeral resource" | "action" | "list resource";

const OF_OBJECTS = ["connection", "count", "depends_on", "for_each", "lifecycle", "locals", "provider", "provisioner"];
const OF_PROVIDERS = ["alias", "count", "depends_on", "for_each", "lifecycle", "locals", "source", "version"];
export const isReserved = (name: string, kind: SchemaKind): boolean => (kind === "provider" ? OF_PROVIDERS : OF_OBJECTS).includes(name);

/** Names that shadow a member of every generated CDKTF class. */
const SHADOWS = new Set(["cdktf_stack", "fqn", "friendly_unique_id", "node", "raw_overrides", "terraform_resource_type", "to_string"]);

const NAME = /^[a-z][a-z0-9_]*$/;
export const NAME_RULE = "a name is lower-case letters, digits and underscores, and starts with a letter";
export const isName = (name: string): boolean => NAME.test(name);

/** Where an attribute is. */
interface Place {
  readonly kind: SchemaKind;
  readonly inSet: boolean;
  /** In an attribute, which cannot hold blocks. */
  readonly inAttribute: boolean;
  /** In a collection of which it is told already. */
  readonly inDynamic: boolean;
}

/**
 * What a schema breaks of Terraform's rules and the framework's, one sentence each with the attribute's path.
 * A test of a provider calls this for all that it has, so that its users never meet these.
 */
export function brokenRules(owner: string, schema: Schema, kind: SchemaKind): string[] {
  const found: string[] = [];
  if (schema.description.trim() === "") found.push(`${owner}: has no description`);
  if (!Number.isInteger(schema.version) || schema.version < 0) found.push(`${owner}: its version is a whole number from 0 on`);
  for (const attribute of Object.values(schema.attributes)) {
    if (isReserved(attribute.name, kind)) found.push(`${owner}.${attribute.name}: Terraform reserves this name`);
    visit(attribute, `${owner}.${attribute.name}`, found, { kind, inSet: false, inAttribute: false, inDynamic: false });
  }
  return found;
}

function visit(attribute: Attribute, path: string, found: string[], place: Place): void {
  const { name, nested, block } = attribute;
  if (!isName(name)) found.push(`${path}: ${NAME_RULE}`);
  if (SHADOWS.has(name)) found.push(`${path}: the name shadows a member of every CDKTF class`);
  if (attribute.description.trim() === "") found.push(`${path}: has no description`);
  const rules = [facts, ofItsKind, writeOnly, ...(block ? [blocks] : []), ...(attribute.default !== undefined ? [defaults] : []), timeouts];
  for (const rule of rules) found.push(...rule(attribute, place).map((broken) => `${path}: ${broken}`));
  const isDynamic = holdsDynamicInCollection(attribute.type);
  if (isDynamic && !place.inDynamic) found.push(`${path}: ${DYNAMIC_RULE}`);
  const within = {
    kind: place.kind,
    inSet: place.inSet || nested?.nesting === "set",
    inAttribute: place.inAttribute || !block,
    inDynamic: place.inDynamic || isDynamic,
  };
  for (const member of Object.values(nested?.attributes ?? {})) visit(member, `${path}.${member.name}`, found, within);
}

type Rule = (attribute: Attribute, place: Place) => readonly string[];

const broken = (...rules: readonly (string | false)[]): readonly string[] => rules.filter((rule) => rule !== false);

const facts: Rule = ({ required, optional, computed, replace, useStateForUnknown }) =>
  broken(
    replace && computed && !optional && "only what the configuration gives can replace",
    useStateForUnknown && (required || !computed) && "useStateForUnknown is only for what the provider computes",
  );

/** What is kept of an object from one plan to the next is a resource's alone. */
const ofItsKind: Rule = (attribute, { kind }) =>
  broken(
    ["provider", "action", "list resource"].includes(kind) && attribute.computed && `nothing of ${article(kind)} is computed`,
    kind !== "resource" &&
      (attribute.replace || attribute.useStateForUnknown || attribute.default !== undefined) &&
      `replace, useStateForUnknown and default are only for resources, and this is ${article(kind)}`,
    kind !== "resource" && attribute.writeOnly && `only a resource can have what is write-only, and this is ${article(kind)}`,
  );

const article = (kind: SchemaKind): string => (/^[ae]/.test(kind) ? `an ${kind}` : `a ${kind}`);

const writeOnly: Rule = (attribute, { inSet }) => {
  const members = membersOf(attribute);
  return broken(
    attribute.writeOnly && (attribute.computed || attribute.replace) && "what is write-only can be neither computed nor replace",
    // Members of a set are told apart by their values, and stored ones lack those that are write-only.
    attribute.writeOnly && inSet && "nothing in a set can be write-only",
    attribute.writeOnly && members.some((member) => !member.writeOnly) && "all that is in what is write-only is write-only as well",
    attribute.computed && members.some((member) => member.writeOnly) && "nothing in what is computed can be write-only",
  );
};

const membersOf = ({ nested }: Attribute): readonly Attribute[] =>
  Object.values(nested?.attributes ?? {}).flatMap((member) => [member, ...membersOf(member)]);

const blocks: Rule = (attribute, { inAttribute }) =>
  broken(
    inAttribute && "a block is in nothing but blocks",
    (attribute.sensitive || attribute.writeOnly || attribute.useStateForUnknown || attribute.default !== undefined) &&
      "a block is not sensitive, writeOnly, useStateForUnknown or default; its members can be",
  );

const defaults: Rule = ({ default: value = null, optional, computed, type, nested, zod }) => {
  const misfit = checkConforms(value, type);
  const fits = !misfit && !isNull(value);
  return broken(
    !(optional && computed) && "only optionalComputed() may have a default",
    isNull(value) && "null is what it is without a default",
    misfit !== undefined && `the default does not fit: ${misfit.message}`,
    !isWhollyKnown(value) && "a default is known",
    ...(fits && !nested ? refusals(zod, value).map((detail) => `its own schema refuses its default: ${detail}`) : []),
  );
};

function refusals(zod: z.ZodType, value: Value): readonly string[] {
  const diagnostics = new Diagnostics();
  validateValue(zod, value, diagnostics, []);
  return diagnostics.items.map(({ detail }) => detail);
}

const timeouts: Rule = ({ zod }) =>
  Object.entries(traitsOf(zod).timeouts ?? {}).flatMap(([operation, duration]) =>
    broken(
      typeof duration === "string" && millisecondsOf(duration) === undefined && `the default of ${operation} is no duration such as 20m`,
    ),
  );

export const DYNAMIC_RULE = "a list, set or map cannot hold values of any type: each would have to be of the same";

/** Members of a collection have one type, which one of any type has not. A tuple's and an object's may. */
export function holdsDynamicInCollection(type: Type): boolean {
  if (type.kind === "list" || type.kind === "set" || type.kind === "map") return holdsDynamic(type.element);
  return innerTypes(type).some(holdsDynamicInCollection);
}

const holdsDynamic = (type: Type): boolean => type.kind === "dynamic" || innerTypes(type).some(holdsDynamic);

const innerTypes = (type: Type): readonly Type[] =>
  type.kind === "object" ? Object.values(type.attributes) : type.kind === "tuple" ? type.elements : "element" in type ? [type.element] : [];
