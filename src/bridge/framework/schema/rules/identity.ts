import type { Type } from "../../../cty/index.js";
import type { CompiledIdentity } from "../../identity.js";
import { isName, isReserved, NAME_RULE } from "./schema.js";

/** What a resource's identity breaks of Terraform's rules. */
export function brokenIdentityRules(typeName: string, { attributes, optional, own }: CompiledIdentity): string[] {
  const found = Object.values(attributes).flatMap(({ name, type, computed, block }) => {
    const path = `identity of ${typeName}.${name}`;
    return [
      ...(isName(name) ? [] : [`${path}: ${NAME_RULE}`]),
      ...(isReserved(name, "resource") ? [`${path}: Terraform reserves this name`] : []),
      ...(isSimple(type) || (type.kind === "list" && isSimple(type.element))
        ? []
        : [`${path}: an identity is made of texts, numbers, bools and lists of them`]),
      ...(own && (computed || block) ? [`${path}: an identity's own attributes are required() or optional()`] : []),
    ];
  });
  const names = Object.keys(attributes);
  if (names.length === 0) found.push(`identity of ${typeName}: has no attributes`);
  for (const name of optional)
    if (!names.includes(name)) found.push(`identity of ${typeName}: "${name}" may be left out, and is no part of it`);
  const firstOptional = names.findIndex((name) => optional.includes(name));
  if (firstOptional >= 0 && names.slice(firstOptional).some((name) => !optional.includes(name)))
    found.push(`identity of ${typeName}: only the last of its attributes may be left out of the import text`);
  return found;
}

const isSimple = ({ kind }: Type): boolean => kind === "string" || kind === "number" || kind === "bool";
