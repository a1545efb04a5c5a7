import { type IntegrationApi, isAmbiguous, isIntegrationApiError } from "../../integration-api/index.js";
import type { FoundKey } from "./find.js";

/** Outcome for a key. */
export interface Outcome {
  readonly key: FoundKey;
  readonly deleted: boolean;
  /** Why it was not deleted. */
  readonly reason?: string;
}

export interface Deletion {
  readonly includeRecent: boolean;
  readonly interrupted: AbortSignal;
}

/** Errors that concern a single key, so that the next one is tried. */
const OF_ONE_KEY = ["server_error", "conflict", "invalid_request"];

/** Deletes keys one after another. Returns an outcome for each. */
export async function deleteKeys(api: IntegrationApi, keys: readonly FoundKey[], deletion: Deletion): Promise<Outcome[]> {
  const { includeRecent, interrupted } = deletion;
  interrupted.addEventListener("abort", () => api.stop(), { once: true });
  const outcomes: Outcome[] = [];
  const uncertain = new Set<string>();
  let ended: string | undefined;
  for (const key of keys) {
    if (interrupted.aborted) ended ??= "not tried: interrupted";
    if (key.recent && !includeRecent) outcomes.push({ key, deleted: false, reason: "kept: younger than an hour" });
    else if (ended !== undefined) outcomes.push({ key, deleted: false, reason: ended });
    else
      try {
        await api.deleteApiKey(key.orgId, key.apiKeyId);
        outcomes.push({ key, deleted: true });
      } catch (error) {
        if (!isIntegrationApiError(error)) throw error;
        if (isAmbiguous(error)) uncertain.add(key.apiKeyId);
        outcomes.push({ key, deleted: false, reason: error.message });
        if (!OF_ONE_KEY.includes(error.code)) ended = "not tried: an earlier deletion failed";
      }
  }
  return uncertain.size > 0 ? settled(api, outcomes, uncertain) : outcomes;
}

/** If a response was lost, another listing decides whether the key was deleted. */
async function settled(api: IntegrationApi, outcomes: readonly Outcome[], uncertain: ReadonlySet<string>): Promise<Outcome[]> {
  const decided: Outcome[] = [];
  for (const outcome of outcomes) {
    const { key, reason } = outcome;
    const listed = uncertain.has(key.apiKeyId) ? await isListed(api, key) : true;
    if (listed === true) decided.push(outcome);
    else if (listed === false) decided.push({ key, deleted: true });
    else decided.push({ key, deleted: false, reason: `it is not known whether it was deleted: ${reason}` });
  }
  return decided;
}

async function isListed(api: IntegrationApi, { orgId, apiKeyId }: FoundKey): Promise<boolean | undefined> {
  try {
    return (await api.listApiKeys(orgId)).rows.has(apiKeyId);
  } catch (error) {
    if (isIntegrationApiError(error)) return undefined;
    throw error;
  }
}
