import type { ValueObject } from "../../cty/index.js";
import { CallDeferral } from "../deferral.js";
import { type Diagnostic, Diagnostics } from "../diagnostics.js";
import type { ProviderServer } from "../provider-server.js";
import { forCallback } from "../schema/doubles.js";

export async function configureProvider(
  server: ProviderServer,
  request: { readonly config: ValueObject; readonly terraformVersion: string; readonly deferralAllowed?: boolean },
): Promise<readonly Diagnostic[]> {
  const diagnostics = new Diagnostics();
  const deferral = new CallDeferral(request.deferralAllowed ?? false);
  server.calls.restart();
  server.data = await server.run(diagnostics, () =>
    server.provider.configure({
      config: forCallback(server.providerSchema(), request.config) as never,
      terraformVersion: request.terraformVersion,
      diagnostics,
      deferral,
    }),
  );
  server.deferred = deferral.reason;
  return diagnostics.items;
}
