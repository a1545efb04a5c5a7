import type { ValueObject } from "../../cty/index.js";
import { type Diagnostic, Diagnostics } from "../diagnostics.js";
import type { ProviderServer } from "../provider-server.js";

export async function configureProvider(
  server: ProviderServer,
  request: { readonly config: ValueObject; readonly terraformVersion: string },
): Promise<readonly Diagnostic[]> {
  const diagnostics = new Diagnostics();
  server.data = await server.run(diagnostics, () =>
    server.provider.configure({ config: request.config as never, terraformVersion: request.terraformVersion, diagnostics }),
  );
  return diagnostics.items;
}
