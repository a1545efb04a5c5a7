import type { ValueObject } from "../../cty/index.js";
import { resultIsKnown } from "../consistency.js";
import { CallDeferral, type DeferralReason } from "../deferral.js";
import { type Diagnostic, Diagnostics } from "../diagnostics.js";
import { exactly, semanticallyKept } from "../outcome.js";
import type { CompiledDataSource, ProviderServer } from "../provider-server.js";
import { forCallback } from "../schema/doubles.js";
import { unknownState } from "../schema/schema.js";
import { withTimeout } from "../timeouts.js";

export interface ReadDataSourceResponse {
  readonly state: ValueObject | null;
  readonly deferred: DeferralReason | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export async function readDataSource(
  server: ProviderServer,
  dataSource: CompiledDataSource,
  request: { readonly config: ValueObject; readonly deferralAllowed?: boolean; readonly signal: AbortSignal },
): Promise<ReadDataSourceResponse> {
  const { definition, schema, typeName } = dataSource;
  const diagnostics = new Diagnostics();
  const deferral = new CallDeferral(request.deferralAllowed ?? false, server.deferred);
  const answer = (state: ValueObject | null) => ({ state, deferred: deferral.reason, diagnostics: diagnostics.items });
  if (server.deferred && deferral.reason) return answer(unknownState(schema));
  const read = await server.run(diagnostics, () =>
    withTimeout(schema, request.config, "read", request.signal, (signal) =>
      definition.read({ ...server.context(diagnostics, signal), config: forCallback(schema, request.config) as never, deferral }),
    ),
  );
  if (diagnostics.hasErrors && !read) return answer(null);
  const whole = exactly(typeName, schema.type, read, diagnostics);
  if (!whole) return answer(null);
  const kept = semanticallyKept(dataSource, request.config, whole, diagnostics);
  if (!deferral.reason) resultIsKnown(typeName, kept, diagnostics);
  return answer(kept);
}
