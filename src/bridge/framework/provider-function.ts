import type * as z from "zod";

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

export const parameter = <Z extends z.ZodType>(name: string, type: Z, description: string): Parameter<Z> => ({ name, type, description });

/** Declares a function; only infers types. */
export const providerFunction = <const P extends readonly Parameter[], R extends z.ZodType>(definition: {
  readonly summary: string;
  readonly description: string;
  readonly deprecated?: string;
  readonly parameters: P;
  readonly returns: R;
  call(args: Arguments<P>): z.output<R>;
}): ProviderFunction => definition as unknown as ProviderFunction;
