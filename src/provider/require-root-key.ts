import { DiagnosticError } from "../bridge/sdk.js";
import type { Session } from "./session.js";

/** Reports at plan what would fail at apply. Looked up once per walk. */
export async function requireRootKey(session: Session | undefined, typeName: string): Promise<void> {
  if (!session?.api || (await session.api.isRootKey())) return;
  throw new DiagnosticError(
    "Root API key needed",
    `${typeName} can only be managed with a root API key, but the provider is configured with an organization key. ` +
      "Create a root key in the dashboard under Server Admin > API Keys. Pangolin Cloud has no root keys, so this resource cannot be used there.",
  );
}
