import { api } from "./organization.js";

type Environment = Readonly<Record<"PANGOLIN_ENDPOINT" | "PANGOLIN_API_KEY", string>>;

/** The API keys of an organization as the server has them, and what a person does to them in the dashboard. */
export class OrganizationKeys {
  constructor(
    readonly env: Environment,
    readonly orgId: string,
  ) {}

  /** Ids in the order of creation. */
  async all(): Promise<string[]> {
    const { apiKeys } = (await api(this.env, "GET", `/org/${this.orgId}/api-keys`)) as { apiKeys: { apiKeyId: string }[] };
    return apiKeys.map(({ apiKeyId }) => apiKeyId);
  }

  /** Sorted. */
  async held(keyId: unknown): Promise<string[]> {
    const { actions } = (await api(this.env, "GET", `/org/${this.orgId}/api-key/${keyId}/actions`)) as { actions: { actionId: string }[] };
    return actions.map(({ actionId }) => actionId).sort();
  }

  /** The permissions of each key, in the order of creation. */
  async heldByAll(): Promise<string[][]> {
    return Promise.all((await this.all()).map((keyId) => this.held(keyId)));
  }

  async mint(name: string, ...permissions: string[]): Promise<string> {
    const { apiKeyId } = (await api(this.env, "PUT", `/org/${this.orgId}/api-key`, { name })) as { apiKeyId: string };
    if (permissions.length > 0) await this.grant(apiKeyId, ...permissions);
    return apiKeyId;
  }

  /** Replaces what the key holds. */
  async grant(keyId: unknown, ...actionIds: string[]): Promise<void> {
    await api(this.env, "POST", `/org/${this.orgId}/api-key/${keyId}/actions`, { actionIds });
  }

  async remove(keyId: unknown): Promise<void> {
    await api(this.env, "DELETE", `/org/${this.orgId}/api-key/${keyId}`);
  }

  async statusOf(token: unknown): Promise<number> {
    return (await fetch(`${this.env.PANGOLIN_ENDPOINT}/org/${this.orgId}`, { headers: { Authorization: `Bearer ${token}` } })).status;
  }
}
