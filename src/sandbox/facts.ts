import operations from "../integration-api/data/operations.json";
import type { Request } from "./route.js";
import { objectOf, type ValueFacts } from "./schema-of.js";
import { validate } from "./validation.js";

/** The recorded facts about an operation that determine its answer. */
export interface OperationFacts {
  readonly id: string;
  readonly path: string;
  readonly entity: string;
  readonly pathParams: Readonly<Record<string, ValueFacts>>;
  readonly query: Readonly<Record<string, ValueFacts>>;
  readonly queryStrict?: boolean | null;
  readonly body: ValueFacts | null;
}

const byId = new Map(operations.operations.map((operation) => [operation.id, operation as unknown as OperationFacts]));

export function factsOf(id: string): OperationFacts {
  const facts = byId.get(id);
  if (!facts) throw new Error(`There is no operation ${id}`);
  return facts;
}

/** Validates the query of a request and applies defaults. */
export function queryOf(id: string, { query, server }: Pick<Request, "query" | "server">): Readonly<Record<string, unknown>> {
  const facts = factsOf(id);
  return validate(objectOf(facts.query, (facts.queryStrict ?? false) && server.refusesUnknownParameters, "text"), query) as Readonly<
    Record<string, unknown>
  >;
}
