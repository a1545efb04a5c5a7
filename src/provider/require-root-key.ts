import { DiagnosticError } from "../bridge/sdk.js";
import type { Session } from "./session.js";

/** Says at plan time what would fail at apply. Looked up once per walk. */
export async function requireRootKey(session: Session | undefined, typeName: string): Promise<void> {
  if (!session?.api || (await session.api.isRootKey())) return;
  throw new DiagnosticError(
    "Root API key needed",
    `${typeName} can be managed with a root API key only, and the provider is configured with an organization's key. ` +
      "An administrator of a self-hosted Pangolin makes root keys in its server administration. Pangolin Cloud has none, so this resource cannot be used there.",
  );
}
