import type { ApiKeyRow, IntegrationApi } from "../../integration-api/index.js";
import { Failure } from "../failure.js";
import type { KnownState } from "./known-state.js";

export interface FoundKey extends ApiKeyRow {
  /** Minted so lately that the run that minted it may not have written its state yet, or nobody knows when. */
  readonly recent: boolean;
}

export interface Search {
  /** None: all organizations. */
  readonly orgIds: readonly string[];
  readonly name: string | undefined;
  /** Milliseconds. */
  readonly olderThan: number | undefined;
}

const RECENT_MS = 3_600_000;

/** Keys that are in no state, by organization, in the order of creation. */
export async function findUnknownKeys(api: IntegrationApi, states: readonly KnownState[], search: Search): Promise<FoundKey[]> {
  const orgIds = search.orgIds.length > 0 ? [...new Set(search.orgIds)] : (await api.listOrgs()).map(({ orgId }) => orgId);
  const found: FoundKey[] = [];
  for (const orgId of orgIds) {
    if (!(await api.organizationExists(orgId)))
      throw new Failure(`There is no organization "${orgId}" at ${api.endpoint}.`, "Correct --org.");
    const { rows, time, timeIsServers } = await api.listApiKeys(orgId);
    if (!timeIsServers && search.olderThan !== undefined)
      throw new Failure(
        "The age of keys is not known: the server's answer bears no readable Date.",
        "Leave out --older-than, or look at a proxy between.",
      );
    for (const row of rows.values()) {
      // A time that cannot be read makes no age: such a key is never old. This computer's clock may be a day off.
      const age = timeIsServers ? time - Date.parse(row.createdAt ?? "") : Number.NaN;
      if (row.orgId !== orgId || row.apiKeyId === api.keyId || states.some(({ words }) => words.has(row.apiKeyId))) continue;
      if (search.name !== undefined && row.name !== search.name) continue;
      if (search.olderThan !== undefined && !(age >= search.olderThan)) continue;
      found.push({ ...row, recent: !(age >= RECENT_MS) });
    }
  }
  return found;
}
