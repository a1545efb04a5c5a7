import { Find } from "../find.js";
import type { Life, Played } from "../life.js";

/** What no user is ever to read. */
const DEFECTS =
  /\bbug\b|TypeError|RangeError|ReferenceError|Unexpected error in the provider|inconsistent (?:result|final plan)|invalid (?:plan|value|import)|\bundefined\b|\bNaN\b|\[object |Cannot convert|is not a function/i;

/** No message of a defect, and no secret in any. */
export function checkMessages({ pangolin }: Life, { outcome, command }: Played): void {
  for (const { summary, detail, address } of outcome.told) {
    const text = `${summary}\n${detail}`;
    const defect = DEFECTS.exec(text);
    if (defect) throw new Find("no message of a defect", `${command}, ${address ?? ""}: ${summary}: ${detail}`);
    for (const [keyId, secret] of pangolin.store.secrets)
      if (text.includes(secret)) throw new Find("no secret in a message", `the secret of ${keyId} in: ${summary}`);
  }
}
