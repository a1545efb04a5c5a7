/** The type constraints of Terraform's type system. `dynamic` holds a value that brings its own type. */
export type Type = PrimitiveType | CollectionType | ObjectType | TupleType | DynamicType;

export interface PrimitiveType {
  readonly kind: "string" | "number" | "bool";
}

export interface CollectionType {
  readonly kind: "list" | "set" | "map";
  readonly element: Type;
}

export interface ObjectType {
  readonly kind: "object";
  readonly attributes: Readonly<Record<string, Type>>;
}

export interface TupleType {
  readonly kind: "tuple";
  readonly elements: readonly Type[];
}

export interface DynamicType {
  readonly kind: "dynamic";
}

export const string: PrimitiveType = { kind: "string" };
export const number: PrimitiveType = { kind: "number" };
export const bool: PrimitiveType = { kind: "bool" };
export const dynamic: DynamicType = { kind: "dynamic" };
export const list = (element: Type): CollectionType => ({ kind: "list", element });
export const set = (element: Type): CollectionType => ({ kind: "set", element });
export const map = (element: Type): CollectionType => ({ kind: "map", element });
export const object = (attributes: Readonly<Record<string, Type>>): ObjectType => ({ kind: "object", attributes });
export const tuple = (elements: readonly Type[]): TupleType => ({ kind: "tuple", elements });
