import { CtyError } from "./error.js";
import { bool, dynamic, list, map, number, object, set, string, tuple, type Type } from "./type.js";

/** A type that nests deeper than this comes from nowhere but a mistake or malice. */
const MAX_DEPTH = 64;

const PRIMITIVES: Readonly<Record<string, Type>> = { string, number, bool, dynamic };
const COLLECTIONS = { list, set, map } as const;

/** Terraform's JSON form of a type, e.g. `["list", "string"]`. */
export function encodeType(type: Type): unknown {
  switch (type.kind) {
    case "list":
    case "set":
    case "map":
      return [type.kind, encodeType(type.element)];
    case "object":
      return ["object", Object.fromEntries(Object.keys(type.attributes).sort().map((name) => [name, encodeType(type.attributes[name] as Type)]))];
    case "tuple":
      return ["tuple", type.elements.map(encodeType)];
    default:
      return type.kind;
  }
}

/** Throws {@link CtyError} for what is no type. Which attributes of an object are optional is of no concern to a value, and is left out. */
export function decodeType(json: unknown, depth = 0): Type {
  if (depth > MAX_DEPTH) throw new CtyError("the type nests too deep");
  if (typeof json === "string") {
    const primitive = Object.hasOwn(PRIMITIVES, json) ? PRIMITIVES[json] : undefined;
    if (primitive) return primitive;
  } else if (Array.isArray(json)) {
    const [kind, detail] = json as unknown[];
    if (kind === "list" || kind === "set" || kind === "map") return COLLECTIONS[kind](decodeType(detail, depth + 1));
    if (kind === "tuple" && Array.isArray(detail)) return tuple(detail.map((element) => decodeType(element, depth + 1)));
    if (kind === "object" && detail !== null && typeof detail === "object" && !Array.isArray(detail)) {
      const attributes: Record<string, Type> = Object.create(null);
      for (const [name, attribute] of Object.entries(detail)) attributes[name] = decodeType(attribute, depth + 1);
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
