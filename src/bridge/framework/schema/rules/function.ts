import type { Parameter, ProviderFunction } from "../../provider-function.js";
import { typeOf } from "../type-of.js";
import { DYNAMIC_RULE, holdsDynamicInCollection, isName, NAME_RULE } from "./schema.js";

/** What a function breaks of Terraform's rules. Throws where a type has no counterpart. */
export function brokenFunctionRules(name: string, { summary, description, parameters, variadic, returns }: ProviderFunction): string[] {
  const owner = `function ${name}`;
  const all = [...parameters, ...(variadic ? [variadic] : [])];
  return [
    ...(isName(name) ? [] : [`${owner}: ${NAME_RULE}`]),
    ...(summary.trim() === "" || description.trim() === "" ? [`${owner}: has no summary or no description`] : []),
    ...all.flatMap((parameter, index) => brokenParameterRules(`${owner}(${parameter.name})`, parameter, all.slice(0, index))),
    ...(holdsDynamicInCollection(typeOf(returns, "result")) ? [`${owner}: the result: ${DYNAMIC_RULE}`] : []),
  ];
}

const brokenParameterRules = (path: string, { name, description, type }: Parameter, before: readonly Parameter[]): string[] => [
  ...(isName(name) ? [] : [`${path}: ${NAME_RULE}`]),
  ...(before.some((other) => other.name === name) ? [`${path}: another parameter has this name`] : []),
  ...(description.trim() === "" ? [`${path}: has no description`] : []),
  ...(holdsDynamicInCollection(typeOf(type, name)) ? [`${path}: ${DYNAMIC_RULE}`] : []),
];
