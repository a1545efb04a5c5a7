import type * as z from "zod";
import { dynamic } from "../../cty/index.js";
import { declarationOf } from "./attribute.js";
import { type Refusal, refusalsOf, SchemaError } from "./refusals.js";
import { type Attribute, type Nested, type Schema, schemaType } from "./schema.js";
import { objectWithin, typeOf } from "./type-of.js";

export interface SchemaFacts {
  readonly description: string;
  readonly version?: number;
  readonly deprecated?: string;
}

/**
 * Compiles the zod object that declares a resource, a data source or a provider. Throws where a member is no attribute, and
 * {@link SchemaError} where zod says what would be ignored.
 */
export function compileSchema(schema: z.ZodObject, facts: SchemaFacts): Schema {
  const refusals: Refusal[] = [...refusalsOf(schema, "")];
  const attributes = compileAttributes(schema.shape as Record<string, z.ZodType>, "", refusals);
  if (refusals.length > 0) throw new SchemaError(refusals);
  return {
    version: facts.version ?? 0,
    description: facts.description,
    ...(facts.deprecated !== undefined && { deprecated: facts.deprecated }),
    attributes,
    type: schemaType(attributes),
    zod: schema,
  };
}

type Shape = Readonly<Record<string, z.ZodType>>;

function compileAttributes(shape: Shape, parent: string, refusals: Refusal[]): Record<string, Attribute> {
  return Object.fromEntries(Object.entries(shape).map(([name, member]) => [name, compileAttribute(name, member, parent + name, refusals)]));
}

function compileAttribute(name: string, schema: z.ZodType, path: string, refusals: Refusal[]): Attribute {
  const declaration = declarationOf(schema);
  if (!declaration) throw new Error(`${path}: say who gives the value with required(), optional(), computed() or optionalComputed()`);
  const { presence } = declaration;
  const own = [...refusalsOf(schema, path)];
  refusals.push(...own);
  const nested = nestedOf(schema, path, refusals);
  if (presence === "block" && (!nested || nested.nesting === "map"))
    throw new Error(`${path}: a block is an object, or a list or set of objects, whose members are declared attributes`);
  return {
    name,
    type: own.length > 0 ? dynamic : typeOf(schema, path),
    required: presence === "required",
    optional: presence === "optional" || presence === "optionalComputed" || presence === "block",
    block: presence === "block",
    computed: presence === "computed" || presence === "optionalComputed",
    description: declaration.description,
    sensitive: declaration.sensitive ?? false,
    writeOnly: declaration.writeOnly ?? false,
    ...(declaration.deprecated !== undefined && { deprecated: declaration.deprecated }),
    ...(nested && { nested }),
    ...(declaration.default !== undefined && { default: declaration.default }),
    replace: declaration.replace ?? false,
    useStateForUnknown: declaration.useStateForUnknown ?? false,
    zod: schema,
  };
}

/** An object whose members are declared is nested attributes; one whose members are plain is an ordinary object value. */
function nestedOf(schema: z.ZodType, path: string, refusals: Refusal[]): Nested | undefined {
  const found = objectWithin(schema);
  if (!found || !Object.values(found.shape).some(declarationOf)) return undefined;
  return { nesting: found.nesting, attributes: compileAttributes(found.shape, `${path}.`, refusals) };
}
