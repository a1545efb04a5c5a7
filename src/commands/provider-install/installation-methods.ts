import { ADDRESSES } from "./address.js";
import { ConfigSyntaxError, configItems } from "./config-items.js";

/** One way in which a `provider_installation` block lets an engine find providers. */
export interface InstallationMethod {
  /** `direct`, `filesystem_mirror`, `network_mirror`, `dev_overrides`, … */
  readonly kind: string;
  /** Of a `filesystem_mirror`. */
  readonly path?: string;
  /** Whether it is asked for the provider, under any of its addresses. */
  readonly mayTake: boolean;
  /** Whether it is asked for the provider under all of its addresses. */
  readonly takes: boolean;
}

/** The methods of a `provider_installation` block, given as its text. What is not surely understood is a ConfigSyntaxError. */
export const installationMethods = (block: string): readonly InstallationMethod[] =>
  itemsOf(block).map(({ name, text }) => {
    if (name === "dev_overrides") {
      const overridden = itemsOf(text).map((item) => item.name);
      const selected = ADDRESSES.filter((address) => overridden.some((pattern) => matches(pattern, address)));
      return { kind: name, mayTake: selected.length > 0, takes: selected.length === ADDRESSES.length };
    }
    const attributes = new Map(itemsOf(text).map((item) => [item.name, parsedValue(item.text)]));
    const include = patterns(attributes.get("include"));
    const exclude = patterns(attributes.get("exclude")) ?? [];
    const selected = ADDRESSES.filter(
      (address) => (include?.some((pattern) => matches(pattern, address)) ?? true) && !exclude.some((pattern) => matches(pattern, address)),
    );
    const path = attributes.get("path");
    return {
      kind: name,
      ...(typeof path === "string" && { path }),
      mayTake: selected.length > 0,
      takes: selected.length === ADDRESSES.length,
    };
  });

/** What is inside of a block's braces. */
function itemsOf(block: string): { readonly name: string; readonly text: string }[] {
  const found = /^\s*(?:[\w-]+|"[^"\n]*")\s*\{([\s\S]*)\}\s*$/.exec(block);
  if (!found) throw new ConfigSyntaxError("its provider_installation is written in a way that is not understood");
  const inside = found[1] ?? "";
  return configItems(inside).map(({ name, start, end }) => ({ name, text: inside.slice(start, end) }));
}

/** A text or a list of texts; JSON but for comments and a comma at the end. */
function parsedValue(attribute: string): unknown {
  const json = attribute
    .replace(/^[^=]*=/, "")
    .replace(/("(?:[^"\\\n]|\\.)*")|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, "$1")
    .replace(/,(\s*\])/g, "$1");
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof Error && error.name === "SyntaxError")
      throw new ConfigSyntaxError("its provider_installation holds more than texts and lists");
    throw error;
  }
}

function patterns(value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined;
  if (Array.isArray(value) && value.every((each) => typeof each === "string")) return value;
  throw new ConfigSyntaxError("the patterns in its provider_installation are not understood");
}

/** Without a host a pattern is for the engine's own registry, and ours are those of both engines. */
function matches(pattern: string, address: string): boolean {
  const parts = pattern.split("/");
  const [host = "", namespace = "", type = ""] = parts.length === 2 ? ["*", ...parts] : parts;
  const [ownHost, ownNamespace, ownType] = address.split("/");
  return [
    [host, ownHost],
    [namespace, ownNamespace],
    [type, ownType],
  ].every(([wanted, own]) => wanted === "*" || wanted === own);
}
