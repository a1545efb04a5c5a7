import type { CallbackContext, Diagnostics } from "../../bridge/sdk.js";
import { type IntegrationApi, isAmbiguous, isIntegrationApiError, type MintedApiKey } from "../../integration-api/index.js";

/** A mint whose answer is lost is repeated so often; each repetition may leave one key that can do nothing. */
const ATTEMPTS = 3;

/** Pauses before the listing is looked at again for keys that a slow server may still be making, in milliseconds. */
const PAUSES_MS = [250, 500, 1_000, 2_000, 4_000];

/**
 * Mints a key and does with it what makes it of use, one key at a time in this process: a run that is killed leaves one behind at
 * most. Where nobody takes the answer any more, the key is deleted again. `undo` deletes it too, and says whether it is gone.
 */
export function mintInTurn<T>(
  { diagnostics, signal, abandoned }: CallbackContext<unknown>,
  api: IntegrationApi,
  orgId: string,
  name: string,
  use: (minted: MintedApiKey, undo: () => Promise<boolean>) => Promise<T>,
): Promise<T> {
  return api.exclusively("mint", async () => {
    signal.throwIfAborted();
    const minted = await mint(api, orgId, name, diagnostics);
    const undo = () => deleteIfPossible(api, orgId, minted.apiKeyId);
    if (abandoned.aborted) await undo();
    abandoned.throwIfAborted();
    const result = await use(minted, undo);
    if (abandoned.aborted) await undo();
    abandoned.throwIfAborted();
    return result;
  });
}

async function deleteIfPossible(api: IntegrationApi, orgId: string, keyId: string): Promise<boolean> {
  try {
    await api.deleteApiKey(orgId, keyId);
    return true;
  } catch {
    // The error to tell is the one that led here; that the key is still there is told by its place in the state or by a warning.
    return false;
  }
}

/**
 * Mints a key. PUT mints, so it cannot be repeated blindly: when an answer is lost, a fresh listing shows which keys of
 * this name are new. Their secrets are lost and they hold no permission. They may also be another run's, so they are
 * named in a warning and never deleted by guess.
 */
async function mint(api: IntegrationApi, orgId: string, name: string, diagnostics: Diagnostics): Promise<MintedApiKey> {
  const orphans = new Orphans(api, orgId, name, diagnostics, new Set((await api.listApiKeys(orgId)).rows.keys()));
  for (let attempt = 1; ; attempt++) {
    try {
      const minted = await api.createApiKey(orgId, name);
      orphans.isKnown(minted.apiKeyId);
      await orphans.look();
      return minted;
    } catch (error) {
      if (!isAmbiguous(error)) {
        await orphans.look();
        throw error;
      }
      orphans.suspect(error);
      if (attempt < ATTEMPTS) continue;
      await orphans.look();
      throw error;
    }
  }
}

/** The keys that mints without an answer may have left behind. */
class Orphans {
  #suspected = 0;
  #comesLate = false;

  constructor(
    readonly api: IntegrationApi,
    readonly orgId: string,
    readonly name: string,
    readonly diagnostics: Diagnostics,
    readonly known: Set<string>,
  ) {}

  isKnown(keyId: string): void {
    this.known.add(keyId);
  }

  suspect(error: unknown): void {
    this.#suspected++;
    this.#comesLate ||= isIntegrationApiError(error) && (error.code === "timeout" || error.details.status === 504);
  }

  /**
   * Names what is there now. A server that is slower than the timeout makes its keys later, so for these it is looked again. Never
   * throws: what the mint has come to is what counts.
   */
  async look(): Promise<void> {
    if (this.#suspected === 0) return;
    let found = 0;
    let isListed = true;
    try {
      found = await this.#find();
      for (const pause of this.#comesLate ? PAUSES_MS : []) {
        if (found >= this.#suspected) break;
        await this.api.pause(pause);
        found += await this.#find();
      }
    } catch {
      isListed = false;
    }
    if (found >= this.#suspected || (isListed && !this.#comesLate)) return;
    this.diagnostics.warning(
      `API keys named "${this.name}" may have been left behind in "${this.orgId}"`,
      `The answers to ${this.#suspected} of the requests to create the API key were lost, and ${found} of the keys were found. ` +
        `${isListed ? "The server may still create the others." : "The others could not be looked for, since the keys could not be listed."} ` +
        "They have no permissions. `pangolin-iac sweep` finds them.",
    );
  }

  async #find(): Promise<number> {
    const { rows } = await this.api.listApiKeys(this.orgId, { fresh: true });
    const found = [...rows.values()].filter(({ name, apiKeyId }) => name === this.name && !this.known.has(apiKeyId));
    for (const { apiKeyId } of found) {
      this.known.add(apiKeyId);
      // The id is in the summary: Terraform shows one of several warnings whose summaries are the same.
      this.diagnostics.warning(
        `API key ${apiKeyId} may have been left behind`,
        `The answer to creating the API key "${this.name}" in "${this.orgId}" was lost. The key ${apiKeyId} is new and has this name, so it is probably the one. Its secret is lost. ` +
          "It has no permissions. `pangolin-iac sweep` finds it. Delete it unless another run created it.",
      );
    }
    return found.length;
  }
}
