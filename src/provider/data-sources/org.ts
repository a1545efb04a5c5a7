import * as z from "zod";
import { at, computed, DiagnosticError, dataSource, required } from "../../bridge/sdk.js";
import { pathId } from "../path-id.js";
import type { Session } from "../session.js";

export const org = dataSource<Session>()({
  description: "Looks up an organization by its id.",
  schema: z.object({
    org_id: required(pathId(), "Id of the organization."),
    id: computed(z.string(), "The same as `org_id`."),
    name: computed(z.string(), "Display name."),
    subnet: computed(z.string(), "IPv4 network of the organization's clients."),
    utility_subnet: computed(z.string(), "IPv4 network of aliases and DNS."),
    created_at: computed(z.string(), "When the organization was created (RFC 3339, UTC)."),
  }),
  async read({ config, provider: session }) {
    const orgId = String(config.org_id);
    const api = session.requireApi();
    const found = await api.getOrg(orgId);
    if (!found)
      throw new DiagnosticError("Organization not found", `There is no organization "${orgId}" at ${api.endpoint}.`, at("org_id"));
    const { name, subnet, utilitySubnet, createdAt } = found;
    return { org_id: orgId, id: orgId, name, subnet, utility_subnet: utilitySubnet, created_at: createdAt };
  },
});
