import * as z from "zod";
import type { ApiKeyRow, MintedApiKey } from "./api-key.js";
import * as apiKeys from "./api-key.js";
import * as actions from "./api-key-actions.js";
import { endpoint } from "./endpoint.js";
import { isAmbiguous, isIntegrationApiError } from "./errors.js";
import { Gate, Turns } from "./gate.js";
import { type ClientOptions, HttpClient } from "./http-client.js";
import { OpenApiDocument } from "./openapi-document.js";
import type { NewOrg, Org, OrgChanges } from "./org.js";
import * as orgs from "./org.js";
import { listAll } from "./paging.js";
import { ReadCache } from "./read-cache.js";
import * as server from "./server.js";
import { withUnknownNames } from "./server-permissions.js";
import { parseToken } from "./token.js";

export interface ApiKeyListing {
  /** By key id, in the server's order. */
  readonly rows: ReadonlyMap<string, ApiKeyRow>;
  /** Milliseconds, from the server's Date header or else from this machine's clock. */
  readonly time: number;
  readonly timeIsServers: boolean;
}

/** The server serialises some work per organization and answers 429 if too much is queued. */
const MUTATIONS_PER_ORGANIZATION = 3;

/**
 * The Integration API for one walk of Terraform: reads are cached, our own writes update the cache, and a write
 * with an unknown outcome invalidates what it may have changed.
 */
export class IntegrationApi {
  readonly #client: HttpClient;
  readonly #cache = new ReadCache();
  readonly #turns = new Turns();
  readonly #mutations = new Map<string, Gate>();

  constructor(options: ClientOptions) {
    this.#client = new HttpClient(options);
  }

  get endpoint(): string {
    return this.#client.options.endpoint;
  }

  /** Id of the key that this client uses; undefined if the key is malformed. */
  get keyId(): string | undefined {
    return parseToken(this.#client.options.apiKey)?.keyId;
  }

  /** What is in flight ends; nothing is repeated any more. */
  stop(): void {
    this.#client.stop();
  }

  /** Serialises work by name. */
  exclusively<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.#turns.run(name, work);
  }

  /** Ends early when the client is stopped. */
  pause(milliseconds: number): Promise<void> {
    return this.#client.pause(milliseconds);
  }

  /** Throws if no Integration API answers. Needs no key. */
  async requireHealthy(): Promise<void> {
    await this.#client.call(server.health);
  }

  /** What the server's OpenAPI document says; null: it gives none, as servers before 1.16 and some proxies. Asks for no key. */
  openApiDocument(): Promise<OpenApiDocument | null> {
    return this.#cache.get("document", async () => {
      try {
        return new OpenApiDocument((await this.#client.call(server.openApiDocument)).data);
      } catch (error) {
        if (
          isIntegrationApiError(error) &&
          ["unknown_operation", "not_an_integration_api", "not_found", "invalid_key"].includes(error.code)
        )
          return null;
        throw error;
      }
    });
  }

  /** Whether the key may send this GET. The content of the answer does not matter. The OpenAPI document lists some calls that the server lacks. */
  async mayRead(path: string, orgId: string): Promise<boolean> {
    const probe = endpoint({ id: "probe", method: "GET", path, permission: null, rootOnly: false, repeatable: true, data: z.unknown() });
    try {
      await this.#client.call(probe, { params: { orgId } });
      return true;
    } catch (error) {
      if (
        isIntegrationApiError(error) &&
        ["missing_permission", "root_key_required", "wrong_organization", "unknown_operation"].includes(error.code)
      )
        return false;
      if (isIntegrationApiError(error) && ["not_found", "invalid_request", "server_error"].includes(error.code)) return true;
      throw error;
    }
  }

  /** A root key may list the organizations, or lacks only the permission for it; an organization's key is refused as such. */
  isRootKey(): Promise<boolean> {
    return this.#cache.get("root key", async () => {
      try {
        await this.anyOrg();
        return true;
      } catch (error) {
        if (isIntegrationApiError(error) && error.code === "root_key_required") return false;
        if (isIntegrationApiError(error) && error.code === "missing_permission") return true;
        throw error;
      }
    });
  }

  /** Any organization of the server, or null if it has none. */
  anyOrg(): Promise<Org | null> {
    return this.#cache.get("any org", async () => (await this.#client.call(orgs.listOrgs, { query: { limit: 1 } })).data.orgs[0] ?? null);
  }

  /** Returns null if the server answers that there is none. */
  getOrg(orgId: string): Promise<Org | null> {
    return this.#cache.get(orgEntry(orgId), async () => {
      try {
        return (await this.#client.call(orgs.getOrg, { params: { orgId } })).data.org;
      } catch (error) {
        if (isIntegrationApiError(error) && error.code === "not_found") return null;
        throw error;
      }
    });
  }

  async organizationExists(orgId: string): Promise<boolean> {
    return (await this.getOrg(orgId)) !== null;
  }

  listOrgs(): Promise<readonly Org[]> {
    return this.#cache.get(
      "orgs",
      async () =>
        (
          await listAll(
            this.#client,
            orgs.listOrgs,
            {},
            ({ orgs: rows }) => rows,
            (org) => org.orgId,
          )
        ).rows,
    );
  }

  /** Whether the server is of the community edition, which ignores some settings. */
  isCommunityEdition(orgId: string): Promise<boolean> {
    return this.#cache.get("edition", async () => {
      try {
        await this.#client.call(orgs.otherEditionOnly, { params: { orgId } });
        return false;
      } catch (error) {
        if (!isIntegrationApiError(error)) throw error;
        // Only the server's own page for a missing route says so: a gateway's 404 proves nothing.
        if (error.code === "unknown_operation") return true;
        if (["missing_permission", "root_key_required", "wrong_organization", "not_found", "invalid_request"].includes(error.code))
          return false;
        throw error;
      }
    });
  }

  async createOrg(org: NewOrg): Promise<Org> {
    const created = await this.#write(org.orgId, [orgEntry(org.orgId)], () => this.#client.call(orgs.createOrg, { body: org }));
    this.#cache.put(orgEntry(org.orgId), created);
    this.#cache.drop("orgs");
    return created;
  }

  async updateOrg(orgId: string, changes: OrgChanges): Promise<Org> {
    const updated = await this.#write(orgId, [orgEntry(orgId)], () =>
      this.#client.call(orgs.updateOrg, { params: { orgId }, body: changes }),
    );
    this.#cache.put(orgEntry(orgId), updated);
    this.#cache.drop("orgs");
    return updated;
  }

  async deleteOrg(orgId: string): Promise<void> {
    await this.#write(orgId, [orgEntry(orgId)], () => this.#client.call(orgs.deleteOrg, { params: { orgId } }));
    for (const entry of [orgEntry(orgId), keysEntry(orgId), "orgs"]) this.#cache.drop(entry);
  }

  /**
   * The keys of an organization. `fresh`: what was listed before does not count, since somebody else (another alias, a `local-exec`)
   * may have made a key since. An organization that does not exist has an empty listing.
   */
  listApiKeys(orgId: string, { fresh = false }: { readonly fresh?: boolean } = {}): Promise<ApiKeyListing> {
    if (fresh) this.#cache.drop(keysEntry(orgId));
    return this.#cache.get(keysEntry(orgId), async () => {
      const { rows, date } = await listAll(
        this.#client,
        apiKeys.listApiKeys,
        { orgId },
        (data) => data.apiKeys.map((row) => ({ ...row, orgId: row.orgId ?? orgId })),
        (row) => row.apiKeyId,
      );
      return {
        rows: new Map(rows.map((row) => [row.apiKeyId, row])),
        time: date ?? Date.now(),
        timeIsServers: date !== undefined,
      };
    });
  }

  async createApiKey(orgId: string, name: string): Promise<MintedApiKey> {
    const answer = await this.#write(orgId, [keysEntry(orgId)], () =>
      this.#client.call(apiKeys.createApiKey, { params: { orgId }, body: { name } }),
    );
    const { lastChars, createdAt } = answer;
    const minted = {
      ...answer,
      lastChars: lastChars ?? answer.apiKey.slice(-LAST_CHARS),
      createdAt: createdAt ?? new Date().toISOString(),
    };
    const { apiKey: _secret, ...row } = minted;
    await this.#cache.apply(keysEntry(orgId), (listing: ApiKeyListing) => ({
      ...listing,
      rows: new Map(listing.rows).set(row.apiKeyId, { ...row, orgId }),
    }));
    return minted;
  }

  /** Succeeds if the key no longer exists. */
  async deleteApiKey(orgId: string, apiKeyId: string): Promise<void> {
    try {
      await this.#write(orgId, [keysEntry(orgId)], () => this.#client.call(apiKeys.deleteApiKey, { params: { orgId, apiKeyId } }));
    } catch (error) {
      if (!isIntegrationApiError(error) || error.code !== "not_found") throw error;
    }
    await this.#cache.apply(keysEntry(orgId), (listing: ApiKeyListing) => ({
      ...listing,
      rows: new Map([...listing.rows].filter(([keyId]) => keyId !== apiKeyId)),
    }));
  }

  /** Sorted names. `fresh`: do not use the cache. */
  listApiKeyActions(orgId: string, apiKeyId: string, { fresh = false }: { readonly fresh?: boolean } = {}): Promise<string[]> {
    if (fresh) this.#cache.drop(actionsEntry(apiKeyId));
    return this.#cache.get(actionsEntry(apiKeyId), async () => {
      const { rows } = await listAll(
        this.#client,
        actions.listApiKeyActions,
        { orgId, apiKeyId },
        (data) => data.actions,
        (action) => action.actionId,
      );
      return rows.map((action) => action.actionId).sort();
    });
  }

  async setApiKeyActions(orgId: string, apiKeyId: string, names: readonly string[]): Promise<void> {
    const actionIds = [...new Set(names)].sort();
    try {
      await this.#write(orgId, [actionsEntry(apiKeyId)], () =>
        this.#client.call(actions.setApiKeyActions, { params: { orgId, apiKeyId }, body: { actionIds } }),
      );
    } catch (error) {
      throw isIntegrationApiError(error) && error.code === "unknown_action" ? await withUnknownNames(error, this, orgId, actionIds) : error;
    }
    this.#cache.put(actionsEntry(apiKeyId), actionIds);
  }

  async #write<T>(orgId: string, entries: readonly string[], send: () => Promise<{ readonly data: T }>): Promise<T> {
    let gate = this.#mutations.get(orgId);
    if (!gate) {
      gate = new Gate(MUTATIONS_PER_ORGANIZATION);
      this.#mutations.set(orgId, gate);
    }
    try {
      return (await gate.run(send)).data;
    } catch (error) {
      const knownIsWrong = isAmbiguous(error) || (isIntegrationApiError(error) && error.code === "conflict");
      if (knownIsWrong) for (const entry of entries) this.#cache.drop(entry);
      throw error;
    }
  }
}

const LAST_CHARS = 4;

const orgEntry = (orgId: string): string => `org ${orgId}`;
const keysEntry = (orgId: string): string => `keys ${orgId}`;
const actionsEntry = (apiKeyId: string): string => `actions ${apiKeyId}`;
