import { CtyError } from "./error.js";
import { quote } from "./json/quote.js";
import { sortedKeys } from "./sorted-keys.js";
import { bool, dynamic, list, map, number, object, set, string, type Type, tuple } from "./type.js";

/** A type that nests deeper than this comes from nowhere but a mistake or malice. */
const MAX_DEPTH = 64;

const PRIMITIVES: Readonly<Record<string, Type>> = { string, number, bool, dynamic };
const COLLECTIONS = { list, set, map } as const;

/** Terraform's JSON form of a type, e.g. `["list", "string"]`, as a JavaScript value. */
export const encodeType = (type: Type): unknown => JSON.parse(typeText(type));

/** Terraform's JSON form of a type as text, byte for byte what Terraform writes. */
export function typeText(type: Type): string {
  switch (type.kind) {
    case "list":
    case "set":
    case "map":
      return `["${type.kind}",${typeText(type.element)}]`;
    case "object":
      return `["object",{${sortedKeys(type.attributes)
        .map((name) => `${quote(name)}:${typeText(type.attributes[name] as Type)}`)
        .join()}}]`;
    case "tuple":
      return `["tuple",[${type.elements.map(typeText).join()}]]`;
    default:
      return `"${type.kind}"`;
  }
}

/**
 * The type of its JSON form. Which attributes of an object are optional is of no concern to a value, and is left out.
 * Throws {@link CtyError} for what is no type.
 */
export const decodeType = (json: unknown): Type => typeOf(json, 0);

function typeOf(json: unknown, depth: number): Type {
  if (depth > MAX_DEPTH) throw new CtyError("the type nests too deep");
  if (typeof json === "string") {
    const primitive = Object.hasOwn(PRIMITIVES, json) ? PRIMITIVES[json] : undefined;
    if (primitive) return primitive;
  } else if (Array.isArray(json)) {
    const [kind, detail] = json as unknown[];
    if (kind === "list" || kind === "set" || kind === "map") return COLLECTIONS[kind](typeOf(detail, depth + 1));
    if (kind === "tuple" && Array.isArray(detail)) return tuple(detail.map((element) => typeOf(element, depth + 1)));
    if (kind === "object" && detail !== null && typeof detail === "object" && !Array.isArray(detail)) {
      const attributes: Record<string, Type> = Object.create(null);
      for (const [name, attribute] of Object.entries(detail)) attributes[name] = typeOf(attribute, depth + 1);
      return object(attributes);
    }
  }
  throw new CtyError("it is not a type of Terraform");
}

/** For messages: `list of string`. */
export function typeToString(type: Type): string {
  if (type.kind === "list" || type.kind === "set" || type.kind === "map") return `${type.kind} of ${typeToString(type.element)}`;
  return type.kind === "dynamic" ? "any type" : type.kind;
}
