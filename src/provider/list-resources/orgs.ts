import * as z from "zod";
import { listResource } from "../../bridge/sdk.js";
import { importedState } from "../org/imported.js";
import type { Session } from "../session.js";

export const orgList = listResource<Session>()({
  description: "Finds all organizations of the server for import. Requires a root API key.",
  schema: z.object({}),
  async *list({ provider: session, includeResource }) {
    const api = session.requireApi();
    const orgIds = (await api.listOrgs()).map(({ orgId }) => orgId).sort();
    for (const orgId of orgIds) {
      const org = await api.getOrg(orgId);
      if (org) yield { identity: { org_id: orgId }, displayName: org.name, ...(includeResource && { state: importedState(org) }) };
    }
  },
});
