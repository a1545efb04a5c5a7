import * as z from "zod";
import type { Unknown, Value } from "../../cty/index.js";
import { withTraits } from "./traits.js";

/**
 * Who gives an attribute its value: the configuration must (`required`), the configuration may (`optional`),
 * the provider does (`computed`), or the configuration may and otherwise the provider does (`optionalComputed`).
 * A `block` is written as one: `name { ... }`, as often as it is wanted.
 */
export type Presence = "required" | "optional" | "computed" | "optionalComputed" | "block";

/** What a schema says about an attribute beside its type, its presence and its description. */
export interface AttributeFacts {
  /** Terraform hides the value in its output. It is stored in state all the same. */
  readonly sensitive?: boolean;
  /** The value is handed to the callbacks in the configuration and stored nowhere. Needs Terraform 1.11 or OpenTofu 1.11. */
  readonly writeOnly?: boolean;
  /** A changed value replaces the object. */
  readonly replace?: boolean;
  /** On update the prior value is planned, since an update does not change it. Only for what the provider computes. */
  readonly useStateForUnknown?: boolean;
  /** What the provider plans where the configuration says nothing. Only for `optionalComputed`. */
  readonly default?: Value;
  /** Why not to use it any more, and what to use. */
  readonly deprecated?: string;
}

export interface AttributeDeclaration extends AttributeFacts {
  readonly presence: Presence;
  readonly description: string;
}

declare const presence: unique symbol;

/** A zod schema that is declared as an attribute; the compiler knows its presence. */
export type Declared<Z extends z.ZodType, P extends Presence> = Z & { readonly [presence]: P };

const declarations = z.registry<{ readonly declaration: object }>();

export const declarationOf = (schema: z.ZodType): AttributeDeclaration | undefined =>
  declarations.get(schema)?.declaration as AttributeDeclaration | undefined;

/** An unordered collection of distinct values; an array in TypeScript. */
export const setOf = <Z extends z.ZodType>(element: Z): z.ZodArray<Z> => withTraits(z.array(element), { set: true });

/** zod keeps one entry per instance, so an instance that two attributes share is cloned before it is declared. */
const declare =
  <P extends Presence>(of: P) =>
  <Z extends z.ZodType>(schema: Z, description: string, facts: AttributeFacts = {}): Declared<Z, P> => {
    const own = (schema as z.ZodType).clone();
    declarations.add(own, { declaration: { presence: of, description, ...facts } satisfies AttributeDeclaration });
    return own as unknown as Declared<Z, P>;
  };

/** The configuration must give it. */
export const required = declare("required");
/** The configuration may give it; otherwise it is null. */
export const optional = declare("optional");
/** The provider gives it, and the configuration must not. */
export const computed = declare("computed");
/** The configuration may give it; otherwise the provider does, or its default stands. */
export const optionalComputed = declare("optionalComputed");
/** An object, or a list or set of objects, whose members are declared attributes. Without any block a list and a set are empty, not null. */
export const block = declare("block");

type Shape = Readonly<Record<string, z.ZodType>>;
type PresenceOf<A> = A extends { readonly [presence]: infer P } ? P : never;

/** Values of nested objects follow the same rules as the attributes above them. */
type Inner<A, Leaf> =
  A extends z.ZodObject<infer S>
    ? { [K in keyof S]: PresenceOf<S[K]> extends never ? Inner<S[K], Leaf> : Inner<S[K], Leaf> | null | Leaf }
    : A extends z.ZodArray<infer E>
      ? Inner<E, Leaf>[]
      : A extends z.ZodType
        ? z.output<A>
        : never;

/** What the user wrote: nothing is certain to be known yet. */
export type Config<S extends Shape> = { [K in keyof S]: Inner<S[K], Unknown> | null | Unknown };

/** What Terraform will show: anything may still be unknown, and what the configuration must give is never null. */
export type Planned<S extends Shape> = {
  [K in keyof S]: PresenceOf<S[K]> extends "required" ? Inner<S[K], Unknown> | Unknown : Inner<S[K], Unknown> | null | Unknown;
};

/** The plan at apply: the configuration is known, and only what the provider computes may be unknown. */
export type Settled<S extends Shape> = {
  [K in keyof S]: PresenceOf<S[K]> extends "required"
    ? Inner<S[K], never>
    : PresenceOf<S[K]> extends "optional"
      ? Inner<S[K], never> | null
      : Inner<S[K], never> | null | Unknown;
};

/** What is stored: everything is known. */
export type State<S extends Shape> = {
  [K in keyof S]: PresenceOf<S[K]> extends "required" ? Inner<S[K], never> : Inner<S[K], never> | null;
};
