import type { PrivateState } from "../bridge/sdk.js";
import { markEndpoint } from "./organization.js";
import { requireRootKey } from "./require-root-key.js";
import type { Session } from "./session.js";

/**
 * Plans an object that needs a root key. Its endpoint is marked here already: where Terraform replaces a tainted object, the deletion of
 * the old one gets the private state of this plan, and without a mark nothing could be proven to be gone.
 */
export async function planCreate(session: Session | undefined, typeName: string, privateState: PrivateState): Promise<void> {
  if (session?.api) markEndpoint(session.api, privateState);
  await requireRootKey(session, typeName);
}
