import * as z from "zod";
import { computed, dataSource } from "../../bridge/sdk.js";
import type { Session } from "../session.js";

export const orgs = dataSource<Session>()({
  description: "Lists all organizations of the server. Requires a root API key.",
  schema: z.object({
    org_ids: computed(z.array(z.string()), "Ids of the organizations, sorted."),
    orgs: computed(
      z.array(
        z.object({
          org_id: computed(z.string(), "Id of the organization."),
          name: computed(z.string(), "Display name."),
          subnet: computed(z.string(), "IPv4 network of the organization's clients."),
          utility_subnet: computed(z.string(), "IPv4 network of aliases and DNS."),
          created_at: computed(z.string(), "When the organization was created (RFC 3339, UTC)."),
        }),
      ),
      "The organizations, sorted by id.",
    ),
  }),
  async read({ provider: session }) {
    const found = [...(await session.requireApi().listOrgs())].sort((a, b) => (a.orgId < b.orgId ? -1 : 1));
    return {
      org_ids: found.map(({ orgId }) => orgId),
      orgs: found.map(({ orgId, name, subnet, utilitySubnet, createdAt }) => ({
        org_id: orgId,
        name,
        subnet,
        utility_subnet: utilitySubnet,
        created_at: createdAt,
      })),
    };
  },
});
