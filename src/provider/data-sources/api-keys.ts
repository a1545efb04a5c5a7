import * as z from "zod";
import { computed, dataSource, optional, setOf } from "../../bridge/sdk.js";
import { duration } from "../duration.js";
import { keysOf, orgIdsOf } from "../find-keys.js";
import { pathId } from "../path-id.js";
import type { Session } from "../session.js";

const schema = z.object({
  org_ids: optional(setOf(pathId()), "Ids of organizations. If omitted, all organizations of the server."),
  older_than: optional(duration(), "Only keys of at least this age, such as `90d`, by the server's clock."),
  api_keys: computed(
    z.array(
      z.object({
        org_id: computed(z.string(), "Organization of the key."),
        key_id: computed(z.string(), "Id of the key."),
        name: computed(z.string(), "Display name."),
        last_chars: computed(z.string(), "Last four characters of the key's secret."),
        created_at: computed(z.string(), "When the key was created (RFC 3339, UTC)."),
      }),
    ),
    "The keys, sorted by organization and then by age, oldest first.",
  ),
});

export const apiKeys = dataSource<Session>()<typeof schema.shape>({
  description: "Lists API keys of one, several or all organizations, without their secrets and without root keys. Requires a root API key.",
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
