import * as z from "zod";
import { computed, dataSource, optional, setOf } from "../../bridge/sdk.js";
import { duration } from "../duration.js";
import { keysOf, orgIdsOf } from "../find-keys.js";
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
    const orgIds = await orgIdsOf(api, config);
    const found = await Promise.all(
      orgIds.map(async (orgId) =>
        (await keysOf(api, orgId, config, { fresh: true })).map((row) => ({
          org_id: orgId,
          key_id: row.apiKeyId,
          name: row.name,
          last_chars: row.lastChars,
          created_at: row.createdAt,
        })),
      ),
    );
    return { org_ids: config.org_ids as string[] | null, older_than: config.older_than as string | null, api_keys: found.flat() };
  },
});
