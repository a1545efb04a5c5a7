import type { CallbackContext, Diagnostics } from "../../bridge/sdk.js";
import { type IntegrationApi, isAmbiguous, isIntegrationApiError, type MintedApiKey } from "../../integration-api/index.js";

/** Maximum number of attempts if the response is lost. Each may leave a key without permissions. */
const ATTEMPTS = 3;

/** Delays in milliseconds before the keys are listed again, in case a slow server is still creating them. */
const PAUSES_MS = [250, 500, 1_000, 2_000, 4_000];

/**
 * Creates a key and grants its permissions, one key at a time in this process: a killed run leaves at most one
 * behind. If the call was abandoned, the key is deleted again. `undo` deletes it too and returns whether it is gone.
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
    // Report the original error. That the key still exists is visible in the state or in a warning.
    return false;
  }
}

/**
 * Creates a key. PUT creates, so it cannot be repeated blindly: if a response is lost, a fresh listing shows which keys of
 * this name are new. Their secrets are lost, and they have no permissions. They may belong to another run, so they are
 * named in a warning and never deleted on suspicion.
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

/** Keys that requests without a response may have left behind. */
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
      // The id is in the summary, since Terraform groups warnings with equal summaries.
      this.diagnostics.warning(
        `API key ${apiKeyId} may have been left behind`,
        `The answer to creating the API key "${this.name}" in "${this.orgId}" was lost. The key ${apiKeyId} is new and has this name, so it is probably the one. Its secret is lost. ` +
          "It has no permissions. `pangolin-iac sweep` finds it. Delete it unless another run created it.",
      );
    }
    return found.length;
  }
}
