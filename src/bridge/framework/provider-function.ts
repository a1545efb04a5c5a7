import type * as z from "zod";
import { refusalsOf, SchemaError } from "./schema/refusals.js";
import { remembered } from "./schema/remembered.js";

/** A parameter of a function. */
export interface Parameter<Z extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly description: string;
  readonly type: Z;
  /** Whether the function accepts null. Otherwise Terraform refuses it. */
  readonly allowNull?: boolean;
}

type Arguments<P extends readonly Parameter[]> = { [I in keyof P]: P[I] extends Parameter<infer Z> ? z.output<Z> : never };

/** A provider function. It is pure: the same arguments give the same result, and it has no access to the provider configuration. */
export interface ProviderFunction {
  readonly summary: string;
  readonly description: string;
  readonly deprecated?: string;
  readonly parameters: readonly Parameter[];
  readonly variadic?: Parameter;
  readonly returns: z.ZodType;
  /** Returns the result. A {@link FunctionError} points to the argument that is wrong. */
  call(args: readonly unknown[]): unknown;
}

/** Error of a function. `argument` is the index of the argument that is wrong. */
export class FunctionError extends Error {
  constructor(
    message: string,
    readonly argument?: number,
  ) {
    super(message);
    this.name = "FunctionError";
  }
}

/** Declares a parameter that does not accept null. */
export const parameter = <Z extends z.ZodType>(name: string, type: Z, description: string): Parameter<Z> => ({ name, type, description });

/** Declares a function. The arguments of `call` have the types of the parameters. */
export const providerFunction = <const P extends readonly Parameter[], R extends z.ZodType, V extends z.ZodType = never>(definition: {
  readonly summary: string;
  readonly description: string;
  readonly deprecated?: string;
  readonly parameters: P;
  /** Variadic parameter: any number of arguments after the others. */
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
