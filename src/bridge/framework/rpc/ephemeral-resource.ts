import { CtyError, type ValueObject } from "../../cty/index.js";
import { invalidValue, resultIsKnown } from "../consistency.js";
import { CallDeferral, type DeferralReason } from "../deferral.js";
import { type Diagnostic, Diagnostics } from "../diagnostics.js";
import { exactly, privateAfter, semanticallyKept } from "../outcome.js";
import { PrivateState } from "../private-state.js";
import { type CompiledEphemeralResource, NEVER, type ProviderServer } from "../provider-server.js";
import { forCallback } from "../schema/doubles.js";
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
  const done = await server.run(diagnostics, async () => ({
    returned: await definition.open({
      ...server.context(diagnostics, signal),
      config: forCallback(schema, config) as never,
      private: privateState,
      deferral,
      renewAt: (time) => {
        renewAt = time;
      },
    }),
  }));
  if (deferral.reason) return unopened(unknownState(schema));
  if (!done) return unopened(null);
  const given = exactly(typeName, schema.type, done.returned, diagnostics);
  const result = given && semanticallyKept(resource, config, given, diagnostics);
  if (result) resultIsKnown(typeName, result, diagnostics);
  const bytes = server.opened.add(resource, privateState, (state) => privateAfter(typeName, state, diagnostics));
  const time = timeOf(typeName, renewAt, diagnostics);
  if (result && !diagnostics.hasErrors) return { ...unopened(result), private: bytes, renewAt: time };
  // Terraform does not close what it takes for not opened.
  await close(server, resource, privateState, diagnostics);
  server.opened.remove(bytes);
  return unopened(null);
}

export async function renewEphemeralResource(
  server: ProviderServer,
  resource: CompiledEphemeralResource,
  request: { readonly private: Uint8Array; readonly signal: AbortSignal },
): Promise<{ readonly private: Uint8Array; readonly renewAt: Date | undefined; readonly diagnostics: readonly Diagnostic[] }> {
  const { definition, typeName } = resource;
  const diagnostics = new Diagnostics();
  const privateState = PrivateState.decode(request.private);
  let renewAt: Date | undefined;
  await server.run(diagnostics, () =>
    definition.renew?.({
      ...server.context(diagnostics, request.signal),
      private: privateState,
      renewAt: (time) => {
        renewAt = time;
      },
    }),
  );
  const bytes = server.opened.replace(resource, privateState, (state) => privateAfter(typeName, state, diagnostics));
  return { private: bytes, renewAt: timeOf(typeName, renewAt, diagnostics), diagnostics: diagnostics.items };
}

export async function closeEphemeralResource(
  server: ProviderServer,
  resource: CompiledEphemeralResource,
  request: { readonly private: Uint8Array },
): Promise<readonly Diagnostic[]> {
  const diagnostics = new Diagnostics();
  const closed = await close(server, resource, server.opened.latest(request.private), diagnostics);
  // What could not be closed stays noted, so that the shutdown tries again.
  if (closed) server.opened.remove(request.private);
  return diagnostics.items;
}

/** Comes to its end whoever stops the provider or goes meanwhile. `undefined`: it failed. */
const close = (
  server: ProviderServer,
  { definition }: CompiledEphemeralResource,
  privateState: PrivateState,
  diagnostics: Diagnostics,
): Promise<true | undefined> =>
  server.run(diagnostics, async () => {
    await definition.close?.({ ...server.context(diagnostics, NEVER), private: privateState });
    return true as const;
  });

function timeOf(typeName: string, time: Date | undefined, diagnostics: Diagnostics): Date | undefined {
  if (time === undefined || (time instanceof Date && !Number.isNaN(time.getTime()))) return time;
  invalidValue(typeName, new CtyError("renewAt was not given a time"), diagnostics);
  return undefined;
}
