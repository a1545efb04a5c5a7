import { isObject, type JsonObject } from "../engine-json/identify.js";

/** An attribute of a resource; `attribute` is undefined where the whole resource is meant. Addresses are without instance keys. */
export interface Reference {
  readonly address: string;
  readonly attribute: string | undefined;
}

/**
 * What the expression of an output of the root module refers to, followed through outputs and variables of modules.
 * undefined where it cannot be told: a plan does not say what local values are made of.
 */
export function referencesOfOutput(configuration: unknown, name: string): readonly Reference[] | undefined {
  const root = fieldOf(configuration, "root_module");
  return followed(fieldOf(fieldOf(fieldOf(root, "outputs"), name), "expression"), { module: root, prefix: "", caller: undefined });
}

interface Place {
  /** A module's configuration. */
  readonly module: unknown;
  /** `module.x.` for what is in it. */
  readonly prefix: string;
  readonly caller: { readonly place: Place; readonly call: unknown } | undefined;
}

function followed(expression: unknown, place: Place): readonly Reference[] | undefined {
  const references = fieldOf(expression, "references");
  if (!Array.isArray(references) || !references.every((each) => typeof each === "string")) return undefined;
  const plain = [...new Set(references.map((each) => each.replaceAll(/\[[^\]]*\]/g, "")))];
  // Terraform lists `a.b` beside `a.b.c`; where nothing longer stands beside it, the whole of it is meant.
  const longest = plain.filter((each) => !plain.some((longer) => longer.startsWith(`${each}.`)));
  const found = longest.map((each) => followedReference(each, place));
  return found.some((each) => each === undefined) ? undefined : found.flatMap((each) => each ?? []);
}

function followedReference(reference: string, place: Place): readonly Reference[] | undefined {
  const [first = "", second = "", third] = reference.split(".");
  if (first === "module") {
    const call = fieldOf(fieldOf(place.module, "module_calls"), second);
    const module = fieldOf(call, "module");
    if (third === undefined || module === undefined) return undefined;
    const inside = { module, prefix: `${place.prefix}module.${second}.`, caller: { place, call } };
    return followed(fieldOf(fieldOf(fieldOf(module, "outputs"), third), "expression"), inside);
  }
  if (first === "var") return place.caller && followed(fieldOf(fieldOf(place.caller.call, "expressions"), second), place.caller.place);
  const declared = fieldOf(place.module, "resources");
  const address = `${first}.${second}`;
  if (!Array.isArray(declared) || !declared.some((each) => fieldOf(each, "address") === address)) return undefined;
  return [{ address: `${place.prefix}${address}`, attribute: third }];
}

const fieldOf = (value: unknown, name: string): unknown =>
  isObject(value) && Object.hasOwn(value, name) ? (value as JsonObject)[name] : undefined;
