import { dynamic } from "../cty/index.js";
import type { Parameter, ProviderFunction } from "../framework/provider-function.js";
import { type CallFunctionResult, parameterAt } from "../framework/rpc/call-function.js";
import { typeOf } from "../framework/schema/type-of.js";
import { typeBytes } from "./schema.js";
import { valueTo } from "./values.js";
import type { MessageOf } from "./wire/index.js";

const MARKDOWN = 1;

export const functionTo = (definition: ProviderFunction): MessageOf<"Function"> => ({
  parameters: definition.parameters.map(parameterTo),
  ...(definition.variadic && { variadicParameter: parameterTo(definition.variadic) }),
  return: { type: typeBytes({ type: typeOf(definition.returns, "result") }) },
  summary: definition.summary,
  description: definition.description,
  descriptionKind: MARKDOWN,
  ...(definition.deprecated !== undefined && { deprecationMessage: definition.deprecated }),
});

const parameterTo = (parameter: Parameter): MessageOf<"Function.Parameter"> => ({
  name: parameter.name,
  type: typeBytes({ type: parameterType(parameter) }),
  allowNullValue: parameter.allowNull ?? false,
  description: parameter.description,
  descriptionKind: MARKDOWN,
});

export const parameterType = (parameter: Parameter | undefined) => (parameter ? typeOf(parameter.type, parameter.name) : dynamic);

export const argumentType = (definition: ProviderFunction, index: number) => parameterType(parameterAt(definition, index));

export function functionResultTo(definition: ProviderFunction, { result, error }: CallFunctionResult): MessageOf<"CallFunction.Response"> {
  if (error) return { error: { text: error.text, ...(error.argument !== undefined && { functionArgument: error.argument }) } };
  return { result: valueTo(result ?? null, typeOf(definition.returns, "result")) };
}
