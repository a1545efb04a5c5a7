import type * as z from "zod";
import { DiagnosticError } from "./diagnostics.js";
import type { Lazy } from "./provider.js";
import { compileSchema } from "./schema/compile.js";
import type { Schema } from "./schema/schema.js";

/** What every member of a provider that has a schema declares. */
interface Definition {
  readonly description: string;
  readonly schema: z.ZodObject;
  readonly version?: number;
  readonly deprecated?: string;
}

/** A member of a provider with its schema as the framework sees it. */
export interface Compiled<D> {
  readonly typeName: string;
  readonly definition: D;
  readonly schema: Schema;
}

export const compile = <D extends Definition>(typeName: string, definition: D): Compiled<D> => ({
  typeName,
  definition,
  schema: compileSchema(definition.schema, definition),
});

/** Members of one kind, each loaded and compiled when it is first named. */
export class CompiledMembers<D, C> {
  readonly #compiled = new Map<string, Promise<C>>();

  constructor(
    private readonly members: Readonly<Record<string, Lazy<D>>>,
    private readonly kind: string,
    private readonly compile: (typeName: string, definition: D) => C | Promise<C>,
  ) {}

  get(typeName: string): Promise<C> {
    const known = this.#compiled.get(typeName);
    if (known) return known;
    const made = load(this.members, typeName, this.kind).then((definition) => this.compile(typeName, definition));
    this.#compiled.set(typeName, made);
    // A failed load is not remembered.
    made.catch(() => this.#compiled.delete(typeName));
    return made;
  }
}

/** A name that is no name may be as long as a message. */
const SHOWN_CHARACTERS = 200;

/** Throws where the provider has no such member. */
export async function load<D>(members: Readonly<Record<string, Lazy<D>>>, name: string, kind: string): Promise<D> {
  const lazy = Object.hasOwn(members, name) ? members[name] : undefined;
  if (!lazy) throw new DiagnosticError(`Unknown ${kind}`, `The provider has no ${kind} "${name.slice(0, SHOWN_CHARACTERS)}".`);
  return lazy();
}
