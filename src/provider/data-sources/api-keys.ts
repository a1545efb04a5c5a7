import * as z from "zod";
import { computed, dataSource, optional, setOf } from "../../bridge/sdk.js";
import type { IntegrationApi } from "../../integration-api/index.js";
import { duration, milliseconds } from "../duration.js";
import { requireOrganization } from "../organization.js";
import type { Session } from "../session.js";

const schema = z.object({
  org_ids: optional(setOf(z.string().min(1)), "Organizations to look at. Left out: all of the server."),
  older_than: optional(duration(), "Only keys of at least this age, such as `90d`, by the server's clock."),
  api_keys: computed(
    z.array(
      z.object({
        org_id: computed(z.string(), "Organization that the key belongs to."),
        key_id: computed(z.string(), "Id of the key."),
        name: computed(z.string(), "Display name."),
        last_chars: computed(z.string(), "Last four characters of the key's secret."),
        created_at: computed(z.string(), "When the server made the key (RFC 3339, UTC)."),
      }),
    ),
    "The keys, sorted by organization and age, the oldest first.",
  ),
});

export const apiKeys = dataSource<Session>()<typeof schema.shape>({
  description: "API keys of one organization, several or all, without their secrets. Root keys are not listed. Needs a root API key.",
  schema,
  async read({ config, provider: session }) {
    const api = session.requireApi();
    const asked = Array.isArray(config.org_ids) ? (config.org_ids as string[]) : null;
    const orgIds = asked ?? (await api.listOrgs()).map(({ orgId }) => orgId);
    const olderThan = typeof config.older_than === "string" ? config.older_than : null;
    const found = await Promise.all([...orgIds].sort().map((orgId) => keysOf(api, orgId, olderThan)));
    return { org_ids: asked, older_than: olderThan, api_keys: found.flat() };
  },
});

/** The server tells its time in whole seconds, so a key of this second may look as if it came from the future; it is listed all the same. */
async function keysOf(api: IntegrationApi, orgId: string, olderThan: string | null) {
  await requireOrganization(api, orgId);
  const { rows, time } = await api.listApiKeys(orgId);
  return rows
    .filter((row) => olderThan === null || time - Date.parse(row.createdAt) >= milliseconds(olderThan))
    .sort((a, b) => (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0))
    .map((row) => ({ org_id: orgId, key_id: row.apiKeyId, name: row.name, last_chars: row.lastChars, created_at: row.createdAt }));
}
