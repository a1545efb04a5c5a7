import { capabilities, givenServer } from "./given-server.js";
import { testWhere } from "./test-where.js";

/** Whether an organization of this server has that field. */
export const organizationHas = (field: string): boolean => capabilities().organizationFields?.includes(field) ?? true;

/** Whether a root key deletes an organization of this server. */
export const { deletesOrganizations } = capabilities();

/** The sandbox stands in for a person at the dashboard. */
export const testWhereOrganizationsAreDeleted = testWhere(
  !givenServer() || deletesOrganizations,
  "this server deletes no organization by key, and nobody is at its dashboard",
);
