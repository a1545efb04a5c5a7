import { Readable } from "node:stream";
import type { ValueObject } from "../../cty/index.js";
import { CallDeferral, type DeferralReason } from "../deferral.js";
import { type Diagnostic, Diagnostics } from "../diagnostics.js";
import type { CompiledAction, ProviderServer } from "../provider-server.js";
import { forCallback } from "../schema/doubles.js";

export async function planAction(
  server: ProviderServer,
  { definition, schema }: CompiledAction,
  request: { readonly config: ValueObject; readonly deferralAllowed: boolean; readonly signal: AbortSignal },
): Promise<{ readonly deferred: DeferralReason | undefined; readonly diagnostics: readonly Diagnostic[] }> {
  const diagnostics = new Diagnostics();
  const deferral = new CallDeferral(request.deferralAllowed, server.deferred);
  if (!deferral.reason)
    await server.run(diagnostics, () =>
      definition.plan?.({ ...server.context(diagnostics, request.signal), config: forCallback(schema, request.config) as never, deferral }),
    );
  return { deferred: deferral.reason, diagnostics: diagnostics.items };
}

/** Each message of the action while it runs, and at last how it ended. */
export async function* invokeAction(
  server: ProviderServer,
  { definition, schema }: CompiledAction,
  { config, signal }: { readonly config: ValueObject; readonly signal: AbortSignal },
): AsyncGenerator<{ readonly progress: string } | { readonly completed: readonly Diagnostic[] }> {
  const diagnostics = new Diagnostics();
  if (server.refuses(diagnostics)) return yield { completed: diagnostics.items };
  const messages = new Readable({ objectMode: true, read() {} });
  const progress = (message: string) => {
    messages.push(String(message));
  };
  const ended = server
    .run(diagnostics, () =>
      definition.invoke({ ...server.context(diagnostics, signal), config: forCallback(schema, config) as never, progress }),
    )
    .finally(() => messages.push(null));
  try {
    for await (const message of messages) yield { progress: message as string };
  } finally {
    // It may go on although nobody listens any more.
    await ended;
  }
  yield { completed: diagnostics.items };
}
