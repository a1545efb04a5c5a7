import { KEY } from "../configuration-of.js";
import { Find } from "../find.js";
import type { Life } from "../life.js";

/** The token that consumers are given is the one of the key in the state, and the server takes it as long as that key lives. */
export function checkTokens(life: Life): void {
  for (const { address, values, tainted } of life.driver.instances()) {
    const { token, key_id: keyId, secret, last_chars: lastChars } = values;
    if (!address.startsWith(`${KEY}.`) || tainted || token === null || !life.isAlive(keyId)) continue;
    if (token !== `${String(keyId)}.${String(secret)}` || !life.pangolin.tokenWorks(String(token)))
      throw new Find("tokens in the state work", `the token of ${address} is not the one of ${String(keyId)}`);
    if (typeof lastChars === "string" && !String(secret).endsWith(lastChars))
      throw new Find("tokens in the state work", `last_chars of ${address} are ${lastChars}`);
  }
}
