import { randomUUID } from "node:crypto";
import type { PrivateState } from "../bridge/sdk.js";

const INSTANCE = "instance";

/**
 * Tells the instances of a resource apart: Terraform does not say which one it asks about, and plans one twice where it replaces it.
 * It is in the private state, which the second plan is given from the first.
 */
export function instanceOf(privateState: PrivateState): string {
  const known = privateState.get(INSTANCE);
  if (typeof known === "string") return known;
  const instance = randomUUID();
  privateState.set(INSTANCE, instance);
  return instance;
}
