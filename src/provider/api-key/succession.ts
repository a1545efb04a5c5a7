import type { PrivateState } from "../../bridge/sdk.js";
import type { Session } from "../session.js";
import { isLost } from "./lifecycle.js";
import { remembered } from "./remembered.js";
import type { ApiKeyState } from "./schema.js";

/** Records the succession, so that grants find the current key. The permissions of a lost key were not copied. */
export function recordSuccession(session: Session, state: ApiKeyState, privateState: PrivateState): void {
  if (isLost(state)) return;
  session.successions.see(state.key_id);
  for (const keyId of [state.previous_key_id, ...remembered(privateState).superseded]) session.successions.record(keyId, state.key_id);
}
