import { checkConforms, pathToString, type Value } from "../../cty/index.js";
import { Diagnostics } from "../diagnostics.js";
import { FunctionError, type Parameter, type ProviderFunction } from "../provider-function.js";
import { withDoubles } from "../schema/doubles.js";
import { typeOf } from "../schema/type-of.js";
import { validateValue } from "../schema/validate-value.js";

export interface CallFunctionResult {
  readonly result?: Value;
  readonly error?: { readonly text: string; readonly argument?: number };
}

/** The declaration of the argument at an index; the variadic one stands for all that follow. */
export function parameterAt(definition: ProviderFunction, index: number): Parameter | undefined {
  return definition.parameters[index] ?? definition.variadic;
}

export async function callFunction(definition: ProviderFunction, args: readonly Value[]): Promise<CallFunctionResult> {
  for (const [index, value] of args.entries()) {
    const parameter = parameterAt(definition, index);
    const text = parameter && firstProblem(parameter.type, value);
    if (text !== undefined) return { error: { text, argument: index } };
  }
  try {
    const result = (await definition.call(args.map((value, index) => argumentOf(definition, index, value)))) as Value;
    const wrong = checkConforms(result, typeOf(definition.returns, "result"))?.message ?? firstProblem(definition.returns, result);
    if (wrong !== undefined)
      return {
        error: { text: `The provider returned a value that does not fit the function's type: ${wrong}. This is a bug in the provider.` },
      };
    return { result };
  } catch (error) {
    if (error instanceof FunctionError)
      return { error: { text: error.message, ...(error.argument !== undefined && { argument: error.argument }) } };
    return {
      error: { text: `Unexpected error: ${error instanceof Error ? error.message : "not an error"}. This is a bug in the provider.` },
    };
  }
}

function argumentOf(definition: ProviderFunction, index: number, value: Value): Value {
  const parameter = parameterAt(definition, index);
  return parameter ? withDoubles(parameter.type, value) : value;
}

/** What a schema says of a value first. A function has one error, and no place in an argument for it. */
function firstProblem(schema: Parameter["type"], value: Value): string | undefined {
  const diagnostics = new Diagnostics();
  validateValue(schema, value, diagnostics, []);
  const [first] = diagnostics.items;
  if (!first) return undefined;
  const { detail, path = [] } = first;
  return path.length > 0 ? `${pathToString(path)}: ${detail}` : detail;
}
