import type { Diagnostics } from "../../bridge/sdk.js";
import { type IntegrationApi, isAmbiguous, type MintedApiKey } from "../../integration-api/index.js";

/** A mint whose answer is lost is repeated so often; each repetition may leave one key that can do nothing. */
const ATTEMPTS = 3;

/**
 * Mints a key. PUT mints, so it cannot be repeated blindly: when an answer is lost, a fresh listing shows which keys of
 * this name are new. Their secrets are lost and they hold no permission. They may also be another run's, so they are
 * named in a warning and never deleted by guess.
 */
export async function mint(api: IntegrationApi, orgId: string, name: string, diagnostics: Diagnostics): Promise<MintedApiKey> {
  return api.exclusively(`mint ${orgId} ${name}`, async () => {
    const before = new Set((await api.listApiKeys(orgId)).rows.map((row) => row.apiKeyId));
    for (let attempt = 1; ; attempt++) {
      try {
        return await api.createApiKey(orgId, name);
      } catch (error) {
        if (!isAmbiguous(error)) throw error;
        await warnOfOrphans(api, orgId, name, before, diagnostics);
        if (attempt === ATTEMPTS) throw error;
      }
    }
  });
}

async function warnOfOrphans(
  api: IntegrationApi,
  orgId: string,
  name: string,
  before: Set<string>,
  diagnostics: Diagnostics,
): Promise<void> {
  const { rows } = await api.listApiKeys(orgId);
  for (const { apiKeyId } of rows.filter((row) => row.name === name && !before.has(row.apiKeyId))) {
    before.add(apiKeyId);
    // The id is in the summary: Terraform shows one of several warnings whose summaries are the same.
    diagnostics.warning(
      `API key ${apiKeyId} may have been left behind`,
      `The answer to creating the API key "${name}" in "${orgId}" was lost. The key ${apiKeyId} is new and bears its name: it is probably the one, and its secret is lost. ` +
        "It holds no permission. `pangolin-iac sweep` finds it; delete it when no other run made it.",
    );
  }
}
