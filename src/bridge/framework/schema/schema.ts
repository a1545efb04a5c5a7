import type * as z from "zod";
import { type ObjectType, object, type Type, unknown, type Value, type ValueObject } from "../../cty/index.js";

/** A schema as the rest of the framework sees it: compiled from a zod object, free of protobuf. */
export interface Schema {
  readonly version: number;
  readonly description: string;
  readonly deprecated?: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
  readonly type: ObjectType;
  /** The whole, with its own checks; absent where the schema is a part of another. */
  readonly zod?: z.ZodType;
}

export interface Attribute {
  readonly name: string;
  readonly type: Type;
  readonly required: boolean;
  readonly optional: boolean;
  readonly computed: boolean;
  readonly description: string;
  readonly sensitive: boolean;
  readonly writeOnly: boolean;
  readonly deprecated?: string;
  readonly nested?: Nested;
  readonly default?: Value;
  readonly replace: boolean;
  readonly useStateForUnknown: boolean;
  /** Written as a block. */
  readonly block: boolean;
  readonly zod: z.ZodType;
}

/** The members of an attribute that holds objects, where the members are attributes themselves. */
export interface Nested {
  readonly nesting: "single" | "list" | "set" | "map";
  readonly attributes: Readonly<Record<string, Attribute>>;
}

export const schemaType = (attributes: Readonly<Record<string, Attribute>>): ObjectType =>
  object(Object.fromEntries(Object.values(attributes).map(({ name, type }) => [name, type])));

/** An object of which nothing is known yet. */
export const unknownState = ({ attributes }: Schema): ValueObject =>
  Object.fromEntries(Object.keys(attributes).map((name) => [name, unknown]));
