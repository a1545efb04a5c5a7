import type { ValueObject } from "../../cty/index.js";
import { conforms, resultIsKnown } from "../consistency.js";
import { CallDeferral, type DeferralReason } from "../deferral.js";
import { type Diagnostic, Diagnostics } from "../diagnostics.js";
import { PrivateState } from "../private-state.js";
import { type CompiledEphemeralResource, NEVER, type ProviderServer } from "../provider-server.js";
import { unknownState } from "../schema/schema.js";

export interface OpenEphemeralResourceResponse {
  readonly result: ValueObject | null;
  readonly private: Uint8Array;
  readonly renewAt: Date | undefined;
  readonly deferred: DeferralReason | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/** What is opened is noted, since it has to be closed even if nobody asks. */
export async function openEphemeralResource(
  server: ProviderServer,
  resource: CompiledEphemeralResource,
  {
    config,
    deferralAllowed = false,
    signal,
  }: { readonly config: ValueObject; readonly deferralAllowed?: boolean; readonly signal: AbortSignal },
): Promise<OpenEphemeralResourceResponse> {
  const { definition, schema, typeName } = resource;
  const diagnostics = new Diagnostics();
  const deferral = new CallDeferral(deferralAllowed, server.deferred);
  const unopened = (result: ValueObject | null) => ({
    result,
    private: new Uint8Array(),
    renewAt: undefined,
    deferred: deferral.reason,
    diagnostics: diagnostics.items,
  });
  if (deferral.reason) return unopened(unknownState(schema));
  if (server.refuses(diagnostics)) return unopened(null);
  const privateState = PrivateState.decode(undefined);
  let renewAt: Date | undefined;
  const opened = await server.run(diagnostics, () =>
    definition.open({
      ...server.context(diagnostics, signal),
      config: config as never,
      private: privateState,
      deferral,
      renewAt: (time) => {
        renewAt = time;
      },
    }),
  );
  if (deferral.reason) return unopened(unknownState(schema));
  const result = opened as ValueObject | undefined;
  if (!result || !conforms(typeName, result, schema.type, diagnostics)) return unopened(null);
  resultIsKnown(typeName, result, diagnostics);
  return { ...unopened(result), private: server.opened.add(resource, privateState), renewAt };
}

export async function renewEphemeralResource(
  server: ProviderServer,
  resource: CompiledEphemeralResource,
  request: { readonly private: Uint8Array; readonly signal: AbortSignal },
): Promise<{ readonly private: Uint8Array; readonly renewAt: Date | undefined; readonly diagnostics: readonly Diagnostic[] }> {
  const diagnostics = new Diagnostics();
  const privateState = PrivateState.decode(request.private);
  let renewAt: Date | undefined;
  await server.run(diagnostics, () =>
    resource.definition.renew?.({
      ...server.context(diagnostics, request.signal),
      private: privateState,
      renewAt: (time) => {
        renewAt = time;
      },
    }),
  );
  return { private: server.opened.replace(resource, privateState), renewAt, diagnostics: diagnostics.items };
}

export async function closeEphemeralResource(
  server: ProviderServer,
  { definition }: CompiledEphemeralResource,
  request: { readonly private: Uint8Array },
): Promise<readonly Diagnostic[]> {
  const diagnostics = new Diagnostics();
  const closed = await server.run(diagnostics, async () => {
    await definition.close?.({
      ...server.context(diagnostics, NEVER),
      private: server.opened.latest(request.private),
    });
    return true;
  });
  // What could not be closed stays noted, so that the shutdown tries again.
  if (closed) server.opened.remove(request.private);
  return diagnostics.items;
}
