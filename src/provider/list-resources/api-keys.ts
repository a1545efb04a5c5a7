import * as z from "zod";
import { listResource, optional, setOf } from "../../bridge/sdk.js";
import { importedState } from "../api-key/imported.js";
import { duration } from "../duration.js";
import { keysOf, orgIdsOf } from "../find-keys.js";
import { pathId } from "../path-id.js";
import type { Session } from "../session.js";

const schema = z.object({
  org_ids: optional(setOf(pathId()), "Ids of organizations. If omitted, all organizations of the server."),
  older_than: optional(duration(), "Only keys of at least this age, such as `90d`, by the server's clock."),
});

export const apiKeyList = listResource<Session>()<typeof schema.shape>({
  description: "Finds API keys of one, several or all organizations for import. Root keys are not included. Requires a root API key.",
  schema,
  async *list({ config, provider: session, includeResource }) {
    const api = session.requireApi();
    for (const orgId of await orgIdsOf(api, config))
      for (const row of await keysOf(api, orgId, config, { fresh: false }))
        yield {
          identity: { org_id: orgId, key_id: row.apiKeyId },
          displayName: `${row.name} (${orgId})`,
          ...(includeResource && { state: await importedState(api, orgId, row) }),
        };
  },
});
