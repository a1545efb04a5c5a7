import type { ValueObject } from "../../cty/index.js";
import { conforms, resultIsKnown } from "../consistency.js";
import { CallDeferral, type DeferralReason } from "../deferral.js";
import { type Diagnostic, Diagnostics } from "../diagnostics.js";
import type { CompiledDataSource, ProviderServer } from "../provider-server.js";
import { unknownState } from "../schema/schema.js";
import { semanticEquality } from "../semantic-equality.js";
import { withTimeout } from "../timeouts.js";

export interface ReadDataSourceResponse {
  readonly state: ValueObject | null;
  readonly deferred: DeferralReason | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export async function readDataSource(
  server: ProviderServer,
  { definition, schema, typeName }: CompiledDataSource,
  request: { readonly config: ValueObject; readonly deferralAllowed?: boolean; readonly signal: AbortSignal },
): Promise<ReadDataSourceResponse> {
  const diagnostics = new Diagnostics();
  const deferral = new CallDeferral(request.deferralAllowed ?? false, server.deferred);
  const answer = (state: ValueObject | null) => ({ state, deferred: deferral.reason, diagnostics: diagnostics.items });
  if (server.deferred && deferral.reason) return answer(unknownState(schema));
  const read = await server.run(diagnostics, () =>
    withTimeout(schema, request.config, "read", request.signal, (signal) =>
      definition.read({ ...server.context(diagnostics, signal), config: request.config as never, deferral }),
    ),
  );
  if (!read || !conforms(typeName, read as ValueObject, schema.type, diagnostics)) return answer(null);
  const kept = semanticEquality(schema, request.config, read as ValueObject);
  if (!deferral.reason) resultIsKnown(typeName, kept, diagnostics);
  return answer(kept);
}
