import type * as z from "zod";
import { refusalsOf, SchemaError } from "./schema/refusals.js";
import { remembered } from "./schema/remembered.js";

/** A parameter of a function. */
export interface Parameter<Z extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly description: string;
  readonly type: Z;
  /** The function wants to see null; otherwise Terraform refuses it. */
  readonly allowNull?: boolean;
}

type Arguments<P extends readonly Parameter[]> = { [I in keyof P]: P[I] extends Parameter<infer Z> ? z.output<Z> : never };

/** A pure function of the provider: same arguments, same result, no configuration. */
export interface ProviderFunction {
  readonly summary: string;
  readonly description: string;
  readonly deprecated?: string;
  readonly parameters: readonly Parameter[];
  readonly variadic?: Parameter;
  readonly returns: z.ZodType;
  /** What the function makes of its arguments. A {@link FunctionError} points at the one that is wrong. */
  call(args: readonly unknown[]): unknown;
}

/** Thrown by a function; `argument` is the index of the one that is wrong. */
export class FunctionError extends Error {
  constructor(
    message: string,
    readonly argument?: number,
  ) {
    super(message);
    this.name = "FunctionError";
  }
}

/** Declares a parameter that takes no null. */
export const parameter = <Z extends z.ZodType>(name: string, type: Z, description: string): Parameter<Z> => ({ name, type, description });

/** Declares a function: `call` is given its arguments by the types of the parameters. */
export const providerFunction = <const P extends readonly Parameter[], R extends z.ZodType, V extends z.ZodType = never>(definition: {
  readonly summary: string;
  readonly description: string;
  readonly deprecated?: string;
  readonly parameters: P;
  /** Takes what follows the parameters, as much as is given. */
  readonly variadic?: Parameter<V>;
  readonly returns: R;
  call(args: readonly [...Arguments<P>, ...z.output<V>[]]): z.output<R>;
}): ProviderFunction => definition as unknown as ProviderFunction;

/** The function itself. Throws {@link SchemaError} where a type of it holds what would be ignored. */
export const supported = remembered((definition: ProviderFunction): ProviderFunction => {
  const { parameters, variadic, returns } = definition;
  const refusals = [...parameters, ...(variadic ? [variadic] : [])].flatMap(({ name, type }) => [...refusalsOf(type, name)]);
  refusals.push(...refusalsOf(returns, "result"));
  if (refusals.length > 0) throw new SchemaError(refusals);
  return definition;
});
