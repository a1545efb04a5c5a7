import { checkConforms, DynamicValue, isValueObject, isWhollyKnown, type Value } from "../../cty/index.js";
import { FunctionError, type Parameter, type ProviderFunction } from "../provider-function.js";
import { typeOf } from "../schema/type-of.js";

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
    // zod knows no absence inside of a value; what is not wholly there is judged by the function.
    if (value instanceof DynamicValue || !isWhollyKnown(value) || holdsNull(value)) continue;
    const issue = parameterAt(definition, index)?.type.safeParse(value).error?.issues[0];
    if (issue) return { error: { text: issue.message, argument: index } };
  }
  try {
    const result = (await definition.call(args)) as Value;
    const wrong = checkConforms(result, typeOf(definition.returns, "result"));
    if (wrong)
      return {
        error: {
          text: `The provider returned a value that does not fit the function's type: ${wrong.message}. This is a bug in the provider.`,
        },
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

const holdsNull = (value: Value): boolean =>
  value === null ||
  value instanceof DynamicValue ||
  (Array.isArray(value) ? value.some(holdsNull) : isValueObject(value) && Object.values(value).some(holdsNull));
