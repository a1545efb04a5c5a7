import * as z from "zod";
import type { Unknown, Value } from "../../cty/index.js";
import { withTraits } from "./traits.js";

/**
 * Where the value of an attribute comes from: the configuration must set it (`required`), the configuration may set it (`optional`),
 * the provider sets it (`computed`), or the configuration may and otherwise the provider does (`optionalComputed`).
 * A `block` is written as `name { ... }`, any number of times.
 */
export type Presence = "required" | "optional" | "computed" | "optionalComputed" | "block";

/** Options of an attribute besides its type, presence and description. */
export interface AttributeFacts {
  /** Terraform hides the value in its output. It is stored in the state nevertheless. */
  readonly sensitive?: boolean;
  /** The callbacks get the value in the configuration, and it is stored nowhere. Requires Terraform 1.11 or OpenTofu 1.11. */
  readonly writeOnly?: boolean;
  /** A changed value replaces the object (RequiresReplace). */
  readonly replace?: boolean;
  /** Plans the prior value on update, since an update does not change it. Only for computed attributes. */
  readonly useStateForUnknown?: boolean;
  /** Value if the configuration does not set one. Only for `optionalComputed`. */
  readonly default?: Value;
  /** Deprecation message: why not to use it, and what to use instead. */
  readonly deprecated?: string;
}

export interface AttributeDeclaration extends AttributeFacts {
  readonly presence: Presence;
  readonly description: string;
}

declare const presence: unique symbol;

/** A zod schema declared as an attribute. */
export type Declared<Z extends z.ZodType, P extends Presence> = Z & { readonly [presence]: P };

const declarations = z.registry<{ readonly declaration: object }>();

export const declarationOf = (schema: z.ZodType): AttributeDeclaration | undefined =>
  declarations.get(schema)?.declaration as AttributeDeclaration | undefined;

/** A set: an unordered collection of distinct values. An array in TypeScript. */
export const setOf = <Z extends z.ZodType>(element: Z): z.ZodArray<Z> => withTraits(z.array(element), { set: true });

/** zod keeps one entry per instance, so an instance that two attributes share is cloned before it is declared. */
const declare =
  <P extends Presence>(of: P) =>
  <Z extends z.ZodType>(schema: Z, description: string, facts: AttributeFacts = {}): Declared<Z, P> => {
    const own = (schema as z.ZodType).clone();
    declarations.add(own, { declaration: { presence: of, description, ...facts } satisfies AttributeDeclaration });
    return own as unknown as Declared<Z, P>;
  };

/** Declares an attribute that the configuration must set. */
export const required = declare("required");
/** Declares an attribute that the configuration may set. Otherwise it is null. */
export const optional = declare("optional");
/** Declares an attribute that the provider computes. The configuration must not set it. */
export const computed = declare("computed");
/** Declares an attribute that the configuration may set. Otherwise the provider computes it, or the default applies. */
export const optionalComputed = declare("optionalComputed");
/** Declares a nested block: an object, or a list or set of objects, whose members are declared attributes. Without blocks, a list or set is empty, not null. */
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

/** The configuration. Any value may be unknown. */
export type Config<S extends Shape> = { [K in keyof S]: Inner<S[K], Unknown> | null | Unknown };

/** The plan. Any value may be unknown; required attributes are never null. */
export type Planned<S extends Shape> = {
  [K in keyof S]: PresenceOf<S[K]> extends "required" ? Inner<S[K], Unknown> | Unknown : Inner<S[K], Unknown> | null | Unknown;
};

/** The plan at apply. The configuration is known; only computed values may be unknown. */
export type Settled<S extends Shape> = {
  [K in keyof S]: PresenceOf<S[K]> extends "required"
    ? Inner<S[K], never>
    : PresenceOf<S[K]> extends "optional"
      ? Inner<S[K], never> | null
      : Inner<S[K], never> | null | Unknown;
};

/** The state. All values are known. */
export type State<S extends Shape> = {
  [K in keyof S]: PresenceOf<S[K]> extends "required" ? Inner<S[K], never> : Inner<S[K], never> | null;
};
