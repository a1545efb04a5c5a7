import { type Path, unknown } from "../cty/index.js";
import type { Diagnostics } from "./diagnostics.js";

/** A check across attributes, to be called in `validate`. An unknown value may still turn out to be null. */
export type ConfigValidator = (context: { readonly config: Readonly<Record<string, unknown>>; readonly diagnostics: Diagnostics }) => void;

const MISSING = "Missing Attribute Configuration";
const COMBINATION = "Invalid Attribute Combination";

const at = (name = ""): Path => [{ kind: "attribute", name }];
const listed = (names: readonly string[]): string => names.join(", ");

interface Given {
  readonly given: readonly string[];
  /** Whether each one's presence is known. */
  readonly certain: boolean;
}

function look(config: Readonly<Record<string, unknown>>, names: readonly string[]): Given {
  return {
    given: names.filter((name) => (config[name] ?? null) !== null && config[name] !== unknown),
    certain: names.every((name) => config[name] !== unknown),
  };
}

/** At most one of these attributes may be set. */
export const conflicting =
  (...names: readonly string[]): ConfigValidator =>
  ({ config, diagnostics }) => {
    const { given } = look(config, names);
    if (given.length > 1) diagnostics.error(COMBINATION, `Only one of these may be given: ${listed(names)}.`, at(given[1]));
  };

/** Exactly one of these attributes must be set. */
export const exactlyOneOf =
  (...names: readonly string[]): ConfigValidator =>
  (context) => {
    const { given, certain } = look(context.config, names);
    if (given.length === 0 && certain) context.diagnostics.error(MISSING, `One of these has to be given: ${listed(names)}.`);
    conflicting(...names)(context);
  };

/** At least one of these attributes must be set. */
export const atLeastOneOf =
  (...names: readonly string[]): ConfigValidator =>
  ({ config, diagnostics }) => {
    const { given, certain } = look(config, names);
    if (given.length === 0 && certain) diagnostics.error(MISSING, `At least one of these has to be given: ${listed(names)}.`);
  };

/** All of these attributes must be set, or none. */
export const requiredTogether =
  (...names: readonly string[]): ConfigValidator =>
  ({ config, diagnostics }) => {
    const { given, certain } = look(config, names);
    if (given.length > 0 && given.length < names.length && certain)
      diagnostics.error(COMBINATION, `These have to be given together: ${listed(names)}.`, at(given[0]));
  };
