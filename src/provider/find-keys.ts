import type { ApiKeyRow, IntegrationApi } from "../integration-api/index.js";
import { milliseconds } from "./duration.js";
import { requireOrganization } from "./organization.js";

/** Filters of a configuration. Null and unknown mean no filter. */
interface Wanted {
  readonly org_ids: unknown;
  readonly older_than: unknown;
}

/** Sorted. */
export async function orgIdsOf(api: IntegrationApi, { org_ids }: Pick<Wanted, "org_ids">): Promise<readonly string[]> {
  const orgIds = Array.isArray(org_ids) ? (org_ids as string[]) : (await api.listOrgs()).map(({ orgId }) => orgId);
  return [...orgIds].sort();
}

/** Oldest first. `fresh`: do not use an earlier listing of this process. */
export async function keysOf(
  api: IntegrationApi,
  orgId: string,
  { older_than }: Pick<Wanted, "older_than">,
  { fresh }: { readonly fresh: boolean },
): Promise<readonly ApiKeyRow[]> {
  await requireOrganization(api, orgId);
  const { rows, time } = await api.listApiKeys(orgId, { fresh });
  // The Date header has whole seconds, so a key may seem to be created in the future. It is listed nevertheless.
  return [...rows.values()]
    .filter((row) => typeof older_than !== "string" || time - Date.parse(row.createdAt ?? "") >= milliseconds(older_than))
    .sort((a, b) => compare(a.createdAt ?? "", b.createdAt ?? ""));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
