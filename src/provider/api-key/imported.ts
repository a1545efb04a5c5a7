import type { ApiKeyRow, IntegrationApi } from "../../integration-api/index.js";
import { idsOf } from "./minted.js";
import { type ApiKeyState, DEFAULT_GRACE_PERIOD } from "./schema.js";

/** State of an imported key. Its secret cannot be retrieved: the server reveals it only when a key is created. */
export async function importedState(api: IntegrationApi, orgId: string, row: ApiKeyRow): Promise<ApiKeyState> {
  const permissions = await api.listApiKeyActions(orgId, row.apiKeyId);
  return {
    org_id: orgId,
    name: row.name,
    permissions: permissions.length === 0 ? null : permissions,
    rotate_after: null,
    grace_period: DEFAULT_GRACE_PERIOD,
    rotation_triggers: null,
    ...idsOf(orgId, row),
    secret: null,
    token: null,
    previous_key_id: null,
    previous_permissions: null,
    retire_previous_at: null,
    generation: 1,
    rotate_at: null,
    rotation_due: false,
    retirement_due: false,
  };
}
