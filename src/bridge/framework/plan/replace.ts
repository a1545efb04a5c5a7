import { equal, type Path, type ValueObject } from "../../cty/index.js";
import type { Schema } from "../schema/schema.js";

/** Paths of the attributes that differ and cannot be changed in place, in a stable order. */
export function replacePaths(schema: Schema, prior: ValueObject, planned: ValueObject, asked: ReadonlySet<string>): Path[] {
  return Object.values(schema.attributes)
    .filter(({ name, replace, type }) => (replace || asked.has(name)) && !equal(prior[name] ?? null, planned[name] ?? null, type))
    .map(({ name }): Path => [{ kind: "attribute", name }])
    .sort(([a], [b]) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}
