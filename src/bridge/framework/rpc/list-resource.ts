import type { ValueObject } from "../../cty/index.js";
import { resultIsKnown } from "../consistency.js";
import { type Diagnostic, Diagnostics } from "../diagnostics.js";
import type { Listed } from "../list-resource.js";
import { exactly, wholeState } from "../outcome.js";
import type { CompiledListResource, ProviderServer } from "../provider-server.js";
import { forCallback } from "../schema/doubles.js";

export interface ListResourceRequest {
  readonly config: ValueObject;
  readonly includeResource: boolean;
  readonly limit: number;
  readonly signal: AbortSignal;
}

export interface ListResourceEvent {
  readonly displayName: string;
  readonly identity: ValueObject | undefined;
  readonly state: ValueObject | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

const NOTHING = { displayName: "", identity: undefined, state: undefined };

/** One event for each object that was found; what goes wrong is an event of its own, after which nothing follows. */
export async function* listResource(
  server: ProviderServer,
  list: CompiledListResource,
  request: ListResourceRequest,
): AsyncGenerator<ListResourceEvent> {
  const { includeResource, limit, signal } = request;
  const diagnostics = new Diagnostics();
  try {
    let count = 0;
    for await (const listed of list.definition.list({
      ...server.context(diagnostics, signal),
      config: forCallback(list.schema, request.config) as never,
      includeResource,
      limit,
    })) {
      yield eventOf(list, listed, includeResource);
      count += 1;
      if (count === limit) break;
    }
    // What was left rejected meanwhile is told as well.
    await server.run(diagnostics, () => {});
  } catch (error) {
    diagnostics.add(server.diagnosticOf(error));
  }
  if (diagnostics.items.length > 0) yield { ...NOTHING, diagnostics: diagnostics.items };
}

function eventOf({ resource, typeName }: CompiledListResource, listed: Listed, includeResource: boolean): ListResourceEvent {
  const diagnostics = new Diagnostics();
  const { identity: schema } = resource;
  if (!schema) throw new Error(`${typeName} has no identity, so its objects cannot be listed`);
  const identity = exactly(`The identity of ${typeName}`, schema.type, listed.identity, diagnostics);
  const state = includeResource && listed.state ? wholeState(resource, listed.state, diagnostics) : undefined;
  if (!identity || diagnostics.hasErrors) return { ...NOTHING, diagnostics: diagnostics.items };
  if (state) resultIsKnown(typeName, state, diagnostics);
  return { displayName: String(listed.displayName), identity, state, diagnostics: diagnostics.items };
}
