import { capabilities, givenServer } from "./given-server.js";

/** `test` where the server can show it; elsewhere the test is shown as skipped, with the reason. */
export const testWhere = (has: boolean, reason: string): typeof test => (has ? test : skipped(reason));

/** Whether an organization of this server has that field. */
export const organizationHas = (field: string): boolean => capabilities().organizationFields?.includes(field) ?? true;

/** Whether a root key deletes an organization of this server. */
export const { deletesOrganizations } = capabilities();

/** The sandbox stands in for a person at the dashboard. */
export const testWhereOrganizationsAreDeleted = testWhere(
  !givenServer() || deletesOrganizations,
  "this server deletes no organization by key, and nobody is at its dashboard",
);

function skipped(reason: string): typeof test {
  const titled = (name: string) => `${name} (skipped: ${reason})`;
  const one = (name: string) => test.skip(titled(name), () => undefined);
  const each = (table: readonly unknown[]) => (name: string) =>
    test.skip.each(table as readonly unknown[][])(titled(name), () => undefined);
  return Object.assign(one, { each }) as unknown as typeof test;
}
