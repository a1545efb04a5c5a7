import { randomUUID } from "node:crypto";
import type { PrivateState } from "../bridge/sdk.js";

const INSTANCE = "instance";

/**
 * Identifies an instance of a resource: Terraform does not send the address, and plans an instance twice to replace it.
 * It is in the private state, which the second plan gets from the first.
 */
export function instanceOf(privateState: PrivateState): string {
  const known = privateState.get(INSTANCE);
  if (typeof known === "string") return known;
  const instance = randomUUID();
  privateState.set(INSTANCE, instance);
  return instance;
}
