import { Decimal } from "./decimal.js";
import type { Value } from "./value.js";

/** One step into a value. A set's elements have no names, so a step into a set is the element itself. */
export type PathStep =
  | { readonly kind: "attribute"; readonly name: string }
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "index"; readonly index: number }
  | { readonly kind: "element"; readonly value: Value };

export type Path = readonly PathStep[];

/** As it is written in a configuration: `rule[0].name`, `labels["x"]`. */
export const pathToString = (path: Path): string => path.map(stepToString).join("").replace(/^\./, "");

function stepToString(step: PathStep): string {
  if (step.kind === "attribute") return `.${step.name}`;
  if (step.kind === "index") return `[${step.index}]`;
  if (step.kind === "key") return `[${JSON.stringify(step.key)}]`;
  const { value } = step;
  return typeof value === "string"
    ? `[${JSON.stringify(value)}]`
    : typeof value === "number" || value instanceof Decimal
      ? `[${value}]`
      : "[...]";
}
